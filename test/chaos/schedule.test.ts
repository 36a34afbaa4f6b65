import { describe, expect, it } from '@jest/globals'
import { AWAY, postgresKinds } from '../../chaos/database-deed.ts'
import { clusterKinds, type Kind, kinds, nameOf, SECOND } from '../../chaos/fault.ts'
import { hostKinds } from '../../chaos/hosts/host-deed.ts'
import { errands } from '../../chaos/order-mix.ts'
import { scheduleFaults } from '../../chaos/schedule.ts'
import { programs } from '../../services/all.ts'

const OF_SOME = ['rival', 'gateway ahead', 'lose database', 'rotate', AWAY]
const UNASKED: string[] = [...OF_SOME, ...clusterKinds, ...postgresKinds, ...hostKinds]
const HOUR = { durationMs: 3_600_000, faultsPerMinute: 100 }

describe('a schedule of faults', () => {
  it('is the same for the same seed and another for another', () => {
    expect(scheduleFaults(7, HOUR)).toEqual(scheduleFaults(7, HOUR))
    expect(scheduleFaults(8, HOUR)).not.toEqual(scheduleFaults(7, HOUR))
  })

  it('does everything there is to be done, in order of time', () => {
    const faults = scheduleFaults(7, HOUR)
    const times = faults.map(({ atMs }) => atMs)

    expect(faults).toHaveLength(6_000)
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(kinds.filter((kind) => !UNASKED.includes(kind))))
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('hurts every process in every way that it can be hurt', () => {
    const names = new Set(scheduleFaults(7, HOUR).map(nameOf))
    const hurts = [...programs, SECOND, 'redis'].flatMap((name) => [
      `kill ${name}`,
      `terminate ${name}`,
      `freeze ${name}`,
    ])
    const keys = ['queue', 'status', 'workers', 'mark'].map((key) => `delete a ${key} key`)

    expect([...names]).toEqual(
      expect.arrayContaining([...hurts, ...keys, 'kill mailbox', 'kill payment-gateway', 'kill sms-gateway']),
    )
  })
})

describe('a schedule of more faults than usual', () => {
  const msAway = (faultsPerMinute: number, only: Kind[]) =>
    scheduleFaults(7, { durationMs: 600_000, faultsPerMinute, only })
      .map((fault) => ('forMs' in fault ? fault.forMs : 0))
      .reduce((sum, ms) => sum + ms, 0)

  it('takes nothing away for longer in all than one of the usual number', () => {
    expect(msAway(1_000, ['outage', 'read-only']) / msAway(250, ['outage', 'read-only'])).toBeCloseTo(1, 1)
  })

  it('leaves clocks wrong for long enough that somebody looks', () => {
    expect(msAway(1_000, ['clock step']) / msAway(250, ['clock step'])).toBeCloseTo(4, 0)
  })
})

describe('a schedule of some kinds only', () => {
  it.each(kinds)('has nothing but %s', (kind) => {
    const faults = scheduleFaults(7, { durationMs: 60_000, faultsPerMinute: 5, only: [kind] })

    expect(faults.map((fault) => fault.kind)).toEqual(Array(5).fill(kind))
  })

  it('keeps what is seldom seldom among these', () => {
    const faults = scheduleFaults(7, { ...HOUR, only: ['old dump', 'delete'] })
    const deletes = faults.filter(({ kind }) => kind === 'delete').length

    expect(deletes / faults.length).toBeCloseTo(18 / 19, 1)
  })

  it('is refused, not sought for ever, where there is nothing to draw from', () => {
    expect(() => scheduleFaults(7, { ...HOUR, only: [] })).toThrow('no kind of fault')
  })
})

describe('the customers', () => {
  it('are the same for the same seed', () => {
    expect([...errands(7, 500)]).toEqual([...errands(7, 500)])
    expect([...errands(8, 500)]).not.toEqual([...errands(7, 500)])
  })
})
