import { describe, expect, it } from '@jest/globals'
import { explore } from '../model/explore.ts'
import { type Budget, NO_FAULTS, PROTOCOL, type Rules, type Setting } from '../model/state.ts'

const plain = { messages: 2, workers: 2, lanes: 1, window: 2, past: 0 }
const anyhow = { isPushAtOnce: false, isOrdered: false, isHeld: false }
const atOnce = { ...plain, ...anyhow, workers: 1, window: 1, isPushAtOnce: true }

/** Where a rule is to be shown: a world each, as small as it can be. */
const worlds = {
  'two workers': { ...plain, ...anyhow },
  'two workers, pushes that do not cross': { ...plain, ...anyhow, isPushAtOnce: true },
  'a list that holds one of three': { ...atOnce, messages: 3, isOrdered: true },
  'two lanes': { ...atOnce, messages: 3, lanes: 2 },
  'a late receiver': { ...atOnce, messages: 3, past: 2, isOrdered: true },
  'a sender that may be held': { ...atOnce, isHeld: true },
} satisfies Record<string, Setting>
type World = keyof typeof worlds

const walk = (world: World, faults: Partial<Budget>, rules: Rules = PROTOCOL) =>
  explore(rules, { ...worlds[world], left: { ...NO_FAULTS, ...faults }, statesMax: 1_000_000, copiesMax: 6 })

describe('the protocol, in every order its steps can happen', () => {
  it.each<{ world: World; faults: Partial<Budget>; atLeast: number }>([
    { world: 'two workers', faults: { crashes: 1, flushes: 1, senderCrashes: 1 }, atLeast: 100_000 },
    { world: 'two workers', faults: { crashes: 1, failures: 1 }, atLeast: 50_000 },
    { world: 'two workers', faults: { crashes: 1, copies: 1 }, atLeast: 20_000 },
    { world: 'two workers, pushes that do not cross', faults: { flushes: 1, failures: 2 }, atLeast: 20_000 },
    { world: 'a list that holds one of three', faults: { breaks: 1, flushes: 1 }, atLeast: 50_000 },
    { world: 'two lanes', faults: { crashes: 1, breaks: 1 }, atLeast: 20_000 },
    { world: 'a late receiver', faults: { breaks: 1 }, atLeast: 10_000 },
    { world: 'two lanes', faults: { forgets: 1 }, atLeast: 10_000 },
    { world: 'a sender that may be held', faults: { losses: 1, crashes: 1, senderCrashes: 1 }, atLeast: 50_000 },
  ])('loses, repeats and disorders nothing and always gets through: $world, $faults', ({ world, faults, atLeast }) => {
    const { states, isComplete, finding } = walk(world, faults)

    expect(finding).toBeNull()
    expect(isComplete).toBe(true)
    expect(states).toBeGreaterThan(atLeast)
  })
})

const LOST = 'a message was lost'
const TWICE = 'a message took effect twice'
const STUCK = 'a message can never get through'
const OVERTAKEN = 'a message was overtaken'
const MISJUDGED = 'a message that waits in the list is taken for popped'

describe('each rule is there for something: without it', () => {
  it.each<{ rule: keyof Rules; world: World; faults: Partial<Budget>; what: string }>([
    { rule: 'settlePushesAgain', world: 'two workers', faults: { crashes: 1 }, what: STUCK },
    { rule: 'acknowledgeAfterCommit', world: 'two workers', faults: { crashes: 1 }, what: LOST },
    { rule: 'inbox', world: 'two workers', faults: { crashes: 1 }, what: TWICE },
    { rule: 'inbox', world: 'a sender that may be held', faults: { forgets: 1 }, what: TWICE },
    { rule: 'acknowledgeDuplicates', world: 'two workers', faults: { crashes: 1 }, what: STUCK },
    {
      rule: 'freshStamps',
      world: 'two workers, pushes that do not cross',
      faults: { failures: 1 },
      what: MISJUDGED,
    },
    { rule: 'deleteExactly', world: 'two workers', faults: {}, what: LOST },
    { rule: 'deleteAsSeen', world: 'a sender that may be held', faults: { losses: 1 }, what: LOST },
    {
      rule: 'fillToTheWindow',
      world: 'a list that holds one of three',
      faults: { flushes: 1 },
      what: 'a list is too long',
    },
    { rule: 'oldestFirst', world: 'a list that holds one of three', faults: {}, what: OVERTAKEN },
    { rule: 'fillAgain', world: 'a list that holds one of three', faults: {}, what: STUCK },
    { rule: 'putBackFailed', world: 'a list that holds one of three', faults: { breaks: 1 }, what: OVERTAKEN },
    { rule: 'laneByItself', world: 'two lanes', faults: {}, what: MISJUDGED },
    { rule: 'tellAll', world: 'a sender that may be held', faults: { losses: 1 }, what: LOST },
    { rule: 'holdBack', world: 'a late receiver', faults: {}, what: OVERTAKEN },
    { rule: 'noteWithRows', world: 'a late receiver', faults: { senderCrashes: 1 }, what: LOST },
    { rule: 'clearWords', world: 'a sender that may be held', faults: { losses: 1, crashes: 1 }, what: LOST },
    { rule: 'clearRows', world: 'a sender that may be held', faults: { losses: 1 }, what: LOST },
  ])('$rule, $what ($world)', ({ rule, world, faults, what }) => {
    expect(walk(world, faults, { ...PROTOCOL, [rule]: false }).finding?.what).toBe(what)
  })
})
