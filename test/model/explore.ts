import { stepsFrom } from './model.ts'
import { type Budget, initial, isTakenForPopped, laneOf, type Rules, type Setting, type State } from './state.ts'

export type Finding = { what: string; path: string[] }
export type Exploration = { states: number; isComplete: boolean; finding: Finding | null }

type Limits = Setting & { left: Budget; statesMax: number; copiesMax: number }
type Seen = { from: number; by: string }

/**
 * Walks every state the model can reach, breadth first, so that a finding's path is a shortest one. Checks in each
 * state that nothing took effect twice (per database of the receiver) and nothing left the outbox without effect; where
 * it is asked for, that first pushes are in order and lists within their windows; and at the end that from every
 * state all messages can still get through without another fault.
 */
export function explore(rules: Rules, limits: Limits): Exploration {
  const ids = new Map<string, number>()
  const seen: Seen[] = []
  const reverse: number[][] = []
  const goals: number[] = []
  const queue: State[] = []

  const visit = (state: State, from: number, by: string): number => {
    const key = keyOf(state)
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = seen.push({ from, by }) - 1
    ids.set(key, id)
    reverse.push([])
    queue.push(state)
    if (isGoal(state)) goals.push(id)
    return id
  }
  visit(initial(limits, limits.left), -1, 'start')
  for (let id = 0; id < queue.length && id < limits.statesMax; id++) {
    const state = queue[id]
    if (state === undefined) break
    const what = violation(state, limits, rules)
    if (what) return { states: seen.length, isComplete: false, finding: { what, path: pathTo(id, seen) } }
    const isBusy =
      state.unpushed.some((stamp) => stamp > 0) || (state.settling !== null && state.settling.phase !== 'read')
    for (const { name, to } of stepsFrom(state, rules, limits)) {
      if (limits.isPushAtOnce && isBusy && !/^push \d|^field|^put back|connection|sender/.test(name)) continue
      const next = visit(to, id, name)
      if (!name.startsWith('!')) reverse[next]?.push(id)
    }
    delete queue[id] // not needed any more, and there are many
  }
  const isComplete = seen.length <= limits.statesMax
  const stuck = isComplete ? firstStuck(goals, reverse) : null
  const finding = stuck === null ? null : { what: 'a message can never get through', path: pathTo(stuck, seen) }
  return { states: Math.min(seen.length, limits.statesMax), isComplete, finding }
}

function violation(state: State, limits: Limits, rules: Rules): string | null {
  const messages = [...state.rows.keys()]
  if (state.effects.some((times) => times > 1)) return 'a message took effect twice'
  if (messages.some((m) => isLost(state, m))) return 'a message was lost'
  if (!state.isInOrder) return 'a message was overtaken'
  if (limits.isOrdered && state.lists.some(({ length }) => length > limits.window + 1)) return 'a list is too long'
  const copies = (m: number) => state.lists[laneOf(state, m)]?.filter((copy) => copy.m === m).length ?? 0
  if (messages.some((m) => copies(m) > limits.copiesMax)) return 'copies of a message pile up'
  const again = messages.some((m) => isTakenForPopped(state, m, rules) && copies(m) > 0)
  return again && limits.isPushAtOnce ? 'a message that waits in the list is taken for popped' : null
}

/** It has no row and no effect, and no pass is to come that makes one. */
function isLost({ events, rows, effects, after, receiver }: State, m: number): boolean {
  const isToCome = receiver !== 'known' || (after !== null && m >= after)
  return m < events && rows[m] === null && effects[m] === 0 && !isToCome
}

const isGoal = ({ events, rows, effects, after, receiver }: State) =>
  events === rows.length &&
  after === null &&
  receiver === 'known' &&
  rows.every((row) => row === null) &&
  effects.every((times) => times === 1)

/** The first state from which no goal can be reached by steps that are not faults. */
function firstStuck(goals: number[], reverse: number[][]): number | null {
  const isFine = new Uint8Array(reverse.length)
  const todo = [...goals]
  for (const id of goals) isFine[id] = 1
  for (let id = todo.pop(); id !== undefined; id = todo.pop())
    for (const before of reverse[id] ?? []) {
      if (isFine[before]) continue
      isFine[before] = 1
      todo.push(before)
    }
  const stuck = isFine.indexOf(0)
  return stuck < 0 ? null : stuck
}

function pathTo(id: number, seen: Seen[]): string[] {
  const path: string[] = []
  for (let at = id; at > 0; at = seen[at]?.from ?? -1) path.unshift(seen[at]?.by ?? '')
  return path
}

/** Stamps matter only by their order, and hands only by what they hold: equal states get equal keys. */
function keyOf(state: State): string {
  const { rows, unpushed, lists, words, hands, inbox, effects, settling, left } = state
  const rank = rankOf(state)
  const parts: number[] = [state.events, state.after ?? NEVER, receivers.indexOf(state.receiver)]
  for (let m = 0; m < rows.length; m++) {
    const [row, word] = [rows[m], words[m]]
    parts.push(typeof row === 'number' ? rank(row) : NEVER, rank(unpushed[m] ?? 0), effects[m] ?? 0)
    parts.push(word?.kind === 'retrying' ? rank(word.stamp) : word?.kind === 'done' ? DONE : NEVER)
    parts.push((inbox[m] ? 1 : 0) + (state.failed[m] ? 2 : 0) + (state.reached[m] ? 4 : 0))
  }
  for (const [lane, list] of lists.entries()) {
    for (const { m, stamp } of list) parts.push(m, rank(stamp))
    parts.push(NEVER, state.isOpen[lane] ? 1 : 0)
  }
  parts.push(...hands.map(codeOf).sort((a, b) => a - b), state.isInOrder ? 1 : 0)
  if (settling) parts.push(settling.m, rank(settling.stamp), settling.phase.length) // of different lengths
  parts.push(NEVER, ...Object.values(left))
  return fromCharCode(...parts)
}

const receivers: State['receiver'][] = ['known', 'new', 'cleared']
const [NEVER, DONE] = [250, 251] // no rank is as high
const { fromCharCode } = String // under Jest it takes long to look up what is global

/** How many stamps there are below one. */
function rankOf({ rows, unpushed, lists, words, settling }: State): (stamp: number) => number {
  const stamps = [0] // 0 is no stamp, and below all
  const note = (stamp: number) => stamps.includes(stamp) || stamps.push(stamp)
  for (const row of rows) if (row !== null) note(row)
  for (const stamp of unpushed) note(stamp)
  for (const word of words) if (word?.kind === 'retrying') note(word.stamp)
  for (const list of lists) for (const copy of list) note(copy.stamp)
  if (settling) note(settling.stamp)
  return (stamp) => {
    let below = 0
    for (const other of stamps) if (other < stamp) below++
    return below
  }
}

const codeOf = (hand: State['hands'][number]) => (hand ? 1 + 2 * hand.m + (hand.phase === 'popped' ? 1 : 0) : 0)
