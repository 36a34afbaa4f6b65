import { describe, expect, it } from '@jest/globals'
import { explore } from '../model/explore.ts'
import { type Budget, PROTOCOL, type Rules } from '../model/state.ts'

const none: Budget = { crashes: 0, flushes: 0, copies: 0, failures: 0, senderCrashes: 0 }
const walk = (rules: Rules, faults: Partial<Budget>, isPushAtOnce = false) => {
  const limits = { messages: 2, workers: 2, statesMax: 2_000_000, copiesMax: 6, isPushAtOnce }
  return explore(rules, { ...limits, left: { ...none, ...faults } })
}
const without = (rule: keyof Rules, faults: Partial<Budget>) =>
  walk({ ...PROTOCOL, [rule]: false }, faults, rule === 'freshStamps').finding?.what

describe('the protocol, in every order its steps can happen', () => {
  it.each([
    { faults: { crashes: 1, flushes: 1, failures: 1, senderCrashes: 1 }, atLeast: 700_000 },
    { faults: { crashes: 1, flushes: 1, copies: 1 }, atLeast: 300_000 },
  ])('loses nothing, repeats nothing and always gets through, with $faults', ({ faults, atLeast }) => {
    const { states, isComplete, finding } = walk(PROTOCOL, faults)

    expect(finding).toBeNull()
    expect(isComplete).toBe(true)
    expect(states).toBeGreaterThan(atLeast)
  })

  it('never takes for popped what waits in the list, where pushes do not cross', () => {
    expect(walk(PROTOCOL, { crashes: 1, flushes: 1, failures: 2 }, true).finding).toBeNull()
  })

  it.each<{ rule: keyof Rules; faults: Partial<Budget>; what: string }>([
    { rule: 'settlePushesAgain', faults: { crashes: 1 }, what: 'a message can never get through' },
    { rule: 'acknowledgeAfterCommit', faults: { crashes: 1 }, what: 'a message was lost' },
    { rule: 'inbox', faults: { crashes: 1 }, what: 'a message took effect twice' },
    { rule: 'acknowledgeDuplicates', faults: { crashes: 1 }, what: 'a message can never get through' },
    { rule: 'freshStamps', faults: { failures: 1 }, what: 'a message that waits in the list is taken for popped' },
    { rule: 'deleteExactly', faults: {}, what: 'a message was lost' },
  ])('fails without the rule $rule', ({ rule, faults, what }) => {
    expect(without(rule, faults)).toBe(what)
  })
})
