import { describe, expect, it } from '@jest/globals'
import { crashPointsIn } from '../../chaos/crash-points.ts'
import { leftFate, rightFate, worstOf } from '../../services/control/tour/loop/fate.ts'
import { leftGaps, rightGaps } from '../../services/control/tour/loop/gaps.ts'
import type { Side } from '../../services/control/tour/loop/loop-answer.ts'
import { createPairs } from '../../services/control/tour/loop/pairs.ts'
import { readSources } from '../../services/control/tour/loop/sources.ts'
import type { Step } from '../../services/control/tour/seen.ts'

const NOW = 100_000
const UP = NOW - 50_000
const side = (more: Partial<Side> = {}): Side => ({
  ...{ toldAt: NOW - 5_000, pops: [], deaths: [], doneAt: null, status: null, inList: false, charges: 0, fate: null },
  ...more,
})
const poppedAt = (at: number) => ({ pops: [{ at, program: 'tutorial-consumer' }] })

describe('the fate of a message in the tutorial’s loop', () => {
  const fate = (more: Partial<Side>, consumerSince: number | null = UP, missingMs: number | null = 2_000) =>
    leftFate(side(more), consumerSince, missingMs === null ? null : NOW - missingMs, NOW)

  it('is lost when it is in no list and without a status, and whoever popped it has died', () => {
    expect(fate(poppedAt(NOW - 4_900), null)).toBe('lost')
    expect(fate(poppedAt(NOW - 4_900), NOW - 1_000)).toBe('lost') // another consumer runs by now
  })

  it('is lost when nobody popped it, and Redis has forgotten it', () => expect(fate({})).toBe('lost'))

  it('is not known while its consumer has it in hand, or it is not missed for long', () => {
    expect(fate(poppedAt(NOW - 4_900))).toBeNull()
    expect(fate({}, UP, 300)).toBeNull()
  })

  it('is late while it lies in the list and no consumer runs, and is not known while one does', () => {
    expect(fate({ inList: true }, null, null)).toBe('late')
    expect(fate({ inList: true }, UP, null)).toBeNull()
  })

  it('is twice as soon as the book of the bank has two charges', () => {
    expect(fate({ charges: 2, status: 'success' })).toBe('twice')
  })

  it('is nothing when it was done at once', () => {
    expect(fate({ status: 'success', charges: 1, doneAt: NOW - 4_990 })).toBe('nothing')
  })
})

describe('the fate of an order of the shop', () => {
  it('is late when a program died with it in hand, unless that held nothing up, and nothing when none did', () => {
    const deaths = [{ at: NOW - 4_900, program: 'inventory', point: 'after pop', known: null }]
    expect(rightFate(side({ doneAt: NOW - 4_500, charges: 1, deaths }))).toBe('late')
    expect(rightFate(side({ doneAt: NOW - 4_950, charges: 1, deaths }))).toBe('nothing')
    expect(rightFate(side({ doneAt: NOW - 4_500, charges: 1 }))).toBe('nothing')
  })

  it('is not known before the order is final, and twice whatever its state when the gateway charged twice', () => {
    expect(rightFate(side({ charges: 1 }))).toBeNull()
    expect(rightFate(side({ charges: 2 }))).toBe('twice')
  })
})

it('a break is as bad as the worst that came of it, once nothing worse can come', () => {
  expect(worstOf(['nothing', 'lost', null])).toBe('lost')
  expect(worstOf(['late', null])).toBeNull()
  expect(worstOf(['late', 'nothing'])).toBe('late')
})

describe('the pairs', () => {
  const step = (more: Partial<Step>): Step => ({
    ...{ service: 'inventory', name: 'after pop', file: 'shared/protocol/consumer.ts', line: 48, at: NOW, queue: null },
    ...{ isLast: false, messages: [], excerpt: null, ...more },
  })
  const about = (subject: string) => [{ id: `m-${subject}`, subject }]

  it('know the death that came before the order’s own answer', () => {
    const pairs = createPairs()
    pairs.add({ id: 'o-1', number: 'OL-1', key: 'k' }, NOW - 10)
    pairs.expect()
    expect(pairs.step(step({ isLast: true, messages: about('o-2') }))).toEqual([])

    const { pair, died } = pairs.add({ id: 'o-2', number: 'OL-2', key: 'k' }, NOW + 50)

    expect(died.map(({ death }) => death.point)).toEqual(['after pop'])
    expect(pair.right.deaths).toHaveLength(1)
    expect(pairs.all()[0]?.right.deaths).toEqual([])
  })

  it('know whose death it was when a program dies with something in hand that only follows from an order', () => {
    const pairs = createPairs()
    const { pair } = pairs.add({ id: 'o-1', number: 'OL-1', key: 'k' }, NOW)

    pairs.step(step({ name: 'before push', isLast: true, messages: about('MUG-001') }))

    expect(pair.right.deaths.map(({ point }) => point)).toEqual(['before push'])
  })

  it('know by an earlier step what an acknowledgement is about', () => {
    const pairs = createPairs()
    const { pair } = pairs.add({ id: 'o-1', number: 'OL-1', key: 'k' }, NOW)
    pairs.step(step({ messages: about('o-1') }))

    pairs.step(step({ name: 'before acknowledge', isLast: true, messages: [{ id: 'm-o-1' }] }))

    expect(pair.right.deaths.map(({ point }) => point)).toEqual(['before acknowledge'])
  })

  it('keep for done what was done, though Redis was wiped since', () => {
    const pairs = createPairs()
    const { pair } = pairs.add({ id: 'o-1', number: 'OL-1', key: 'k' }, NOW)
    pairs.step(step({ service: 'tutorial-producer', name: 'pushed', messages: [{ id: 'OL-1' }] }))
    pairs.looked({ listed: [], statuses: { 'OL-1': 'success' }, charges: ['OL-1'], up: [] }, UP, NOW + 100)

    pairs.looked({ listed: [], statuses: {}, charges: ['OL-1'], up: [] }, UP, NOW + 9_000)

    expect(pair.left.fate).toBe('nothing')
  })
})

describe('what the page offers', () => {
  const points = [...crashPointsIn('shared'), ...crashPointsIn('services'), ...crashPointsIn('simulators')]

  it('are gaps that the sources name', () => {
    for (const { point } of [...leftGaps, ...rightGaps]) expect(points.map(({ name }) => name)).toContain(point)
  })

  it('is both loops with their true lengths, and the lines of ours that make the difference', () => {
    const sources = readSources()

    expect(sources?.left.lines).toBeLessThan(40)
    expect(sources?.right.lines).toBeGreaterThan(600)
    expect(sources?.right.excerpts.flatMap(({ lines }) => lines).join('\n')).toContain('deleteRows(')
  })
})
