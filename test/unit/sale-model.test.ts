import { describe, expect, it } from '@jest/globals'
import { exploreSale } from '../model/sale/explore.ts'
import { type Budget, DESIGN, NOTHING, type Rules, type Setting } from '../model/sale/state.ts'
import { walk } from '../model/sale/walk.ts'

const WALKS = Number(process.env.SALE_WALKS ?? 6_000)

const crowd: Budget = { joins: 6, cards: 4, cancels: 2, copies: 2, replays: 0 }
const line: Setting = { kind: 'flash', queueing: 'line', units: 2, onShelf: 3, buyers: 5, left: crowd }
const worlds = {
  'a line': line,
  'a single unit': { ...line, units: 1, buyers: 3 },
  'more than there is': { ...line, units: 4 },
  'nothing there': { ...line, onShelf: 0, buyers: 2 },
  'a draw': { ...line, queueing: 'draw' },
  'a group': { ...line, kind: 'group' },
  'a group by lot': { ...line, kind: 'group', queueing: 'draw', units: 1 },
  'messages that are sent again': { ...line, left: { ...crowd, replays: 3 } },
} satisfies Record<string, Setting>
type World = keyof typeof worlds

const names = Object.keys(worlds).filter((name): name is World => Object.hasOwn(worlds, name))

/** What `count` walks find, each thing once. */
function found(world: World, count: number, rules: Rules): string[] {
  const findings = new Set<string>()
  for (let seed = 1; seed <= count; seed++) {
    const finding = walk(seed, worlds[world], rules)
    if (finding !== null) findings.add(finding.what)
  }
  return [...findings]
}

describe('a sale, whatever comes when', () => {
  it.each(names)('sells each unit once, to whoever was next, and tells nobody both: %s', (world) => {
    expect(found(world, Math.ceil(WALKS / names.length), DESIGN)).toEqual([])
  })

  it.each<{ what: string; more: Partial<Setting>; left: Partial<Budget> }>([
    { what: 'two in line, and a card each', more: {}, left: { joins: 2, cards: 2, cancels: 1 } },
    { what: 'three in line', more: { buyers: 3 }, left: { joins: 3, cards: 1 } },
    { what: 'all told twice', more: {}, left: { joins: 2, cards: 1, copies: 1 } },
    { what: 'three in a draw', more: { queueing: 'draw', buyers: 3 }, left: { joins: 3, cards: 1 } },
    { what: 'a group', more: { kind: 'group' }, left: { joins: 2, cards: 2, cancels: 1 } },
  ])('does so in every order that its steps can happen: $what', ({ more, left }) => {
    const setting = { ...line, units: 1, onShelf: 2, buyers: 2, ...more, left: { ...NOTHING, ...left } }
    const { what, states } = exploreSale(setting, DESIGN, STATES_MAX)

    expect(what).toBeNull()
    expect(states).toBeGreaterThan(1_000)
  })
})

const STATES_MAX = 200_000
const TRIES_MAX = 20_000

describe('each rule of a sale is there for something: without it', () => {
  it.each<{ rule: keyof Rules; more?: Partial<Rules>; world: World; what: string }>([
    { rule: 'watermark', world: 'a line', what: 'somebody was overtaken' },
    { rule: 'inbox', world: 'a line', what: 'a unit went back to the shelf that is not free' },
    { rule: 'tombstoneReturnsCredit', world: 'a line', what: 'somebody is held who has no order' },
    { rule: 'creditOnce', world: 'messages that are sent again', what: 'the counter does not add up' },
    { rule: 'payingDoesNotExpire', world: 'a line', what: 'charged, though expired' },
    { rule: 'uniqueAtDoor', world: 'a line', what: 'two for one buyer' },
    {
      rule: 'readingLetsInTheNext',
      more: { uniqueAtDoor: false, uniqueAtReading: true },
      world: 'a single unit',
      what: 'somebody waits, and there is a unit',
    },
    { rule: 'readingLetsInTheNext', world: 'a line', what: 'somebody waits, and there is a unit' },
    { rule: 'saleDecidesAfterEnd', world: 'a line', what: 'somebody is held who has no order' },
    { rule: 'tombstoneOfFailedGroup', world: 'a group', what: 'a group failed, and money was kept' },
    { rule: 'noGroupAfterEnd', world: 'a group', what: 'a group formed and failed' },
    { rule: 'soldOutIsPaid', world: 'a line', what: 'sold out, and not all is paid' },
    { rule: 'lateGrantIsSpared', world: 'a line', what: 'the counter does not add up' },
    { rule: 'drawWaitsForAll', world: 'a draw', what: 'somebody was left out of the draw' },
    { rule: 'doorShutsForDraw', world: 'a draw', what: 'somebody was left out of the draw' },
    { rule: 'admitsAfterDraw', world: 'a draw', what: 'somebody was let in before the draw' },
  ])('$rule, $what ($world)', ({ rule, more, world, what }) => {
    expect(firstFound(world, { ...DESIGN, [rule]: false, ...more }, what)).toBe(what)
  })

  it('a second entry of a buyer may also be put aside by whoever reads it, if that lets in the next', () => {
    const rules = { ...DESIGN, uniqueAtDoor: false, uniqueAtReading: true }
    expect(found('a line', 500, rules)).toEqual([])
  })
})

function firstFound(world: World, rules: Rules, wanted: string): string | null {
  let other: string | null = null
  for (let seed = 1; seed <= TRIES_MAX; seed++) {
    const what = walk(seed, worlds[world], rules)?.what ?? null
    if (what === wanted) return what
    other ??= what
  }
  return other
}
