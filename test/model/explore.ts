import { stepsFrom } from './model.ts'
import { type Budget, initial, isTakenForPopped, type Rules, type State } from './state.ts'

export type Finding = { what: string; path: string[] }
export type Exploration = { states: number; isComplete: boolean; finding: Finding | null }

type Limits = {
  messages: number
  workers: number
  left: Budget
  statesMax: number
  copiesMax: number
  isPushAtOnce: boolean
}
type Seen = { from: number; by: string }

/**
 * Walks every state the model can reach, breadth first, so that a finding's path is a shortest one. Checks in each
 * state that nothing took effect twice and nothing left the outbox without effect; and at the end that from every
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
  visit(initial(limits.messages, limits.workers, limits.left), -1, 'start')
  for (let id = 0; id < queue.length && id < limits.statesMax; id++) {
    const state = queue[id]
    if (state === undefined) break
    const what = violation(state, limits)
    if (what) return { states: seen.length, isComplete: false, finding: { what, path: pathTo(id, seen) } }
    for (const { name, to } of stepsFrom(state, rules)) {
      if (limits.isPushAtOnce && state.unpushed.includes(true) && !/^push \d/.test(name)) continue
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

function violation(state: State, limits: Limits): string | null {
  if (state.effects.some((times) => times > 1)) return 'a message took effect twice'
  if (state.rows.some((row, m) => row === 'gone' && state.effects[m] === 0)) return 'a message was lost'
  const isSpread = state.rows.some((_, m) => state.list.filter((copy) => copy.m === m).length > limits.copiesMax)
  if (isSpread) return 'copies of a message pile up'
  const again = state.rows.findIndex((_, m) => isTakenForPopped(state, m) && state.list.some((copy) => copy.m === m))
  return again >= 0 && limits.isPushAtOnce ? 'a message that waits in the list is taken for popped' : null
}

const isGoal = (state: State) =>
  state.rows.every((row) => row === 'gone') && state.effects.every((times) => times === 1)

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
function keyOf({ rows, unpushed, list, words, hands, inbox, effects, field, left }: State): string {
  const rank = rankOf(rows, list, words)
  const parts: number[] = []
  for (let m = 0; m < rows.length; m++) {
    const [row, word] = [rows[m], words[m]]
    parts.push(typeof row === 'number' ? rank(row) : row === null ? NEVER : GONE)
    parts.push(word?.kind === 'retrying' ? rank(word.stamp) : word?.kind === 'done' ? GONE : NEVER)
    parts.push(unpushed[m] ? 1 : 0, inbox[m] ? 1 : 0, effects[m] ?? 0)
  }
  for (const { m, stamp } of list) parts.push(m, rank(stamp))
  parts.push(NEVER, ...hands.map(codeOf).sort((a, b) => a - b), field ?? NEVER)
  parts.push(left.crashes, left.flushes, left.copies, left.failures, left.senderCrashes)
  return fromCharCode(...parts)
}

const [NEVER, GONE] = [250, 251] // no rank is as high
const { fromCharCode } = String // under Jest it takes long to look up what is global

/** How many stamps there are below one. */
function rankOf(rows: State['rows'], list: State['list'], words: State['words']): (stamp: number) => number {
  const stamps = [0] // 0 is no stamp, and below all
  const note = (stamp: number) => stamps.includes(stamp) || stamps.push(stamp)
  for (const row of rows) if (typeof row === 'number') note(row)
  for (const word of words) if (word?.kind === 'retrying') note(word.stamp)
  for (const copy of list) note(copy.stamp)
  return (stamp) => {
    let below = 0
    for (const other of stamps) if (other < stamp) below++
    return below
  }
}

const codeOf = (hand: State['hands'][number]) => (hand ? 1 + 2 * hand.m + (hand.phase === 'popped' ? 1 : 0) : 0)
