import { type Budget, isTakenForPopped, type Rules, type State } from './state.ts'

export type Step = { name: string; to: State }

/** Everything that can happen next. Faults are last, and named with an exclamation mark. */
export function stepsFrom(state: State, rules: Rules): Step[] {
  const messages = [...state.rows.keys()]
  const workers = [...state.hands.keys()]
  return [
    ...messages.flatMap((m) => [
      ...place(state, m),
      ...push(state, m),
      ...remove(state, m, rules),
      ...pushAgain(state, m, rules),
    ]),
    ...dropField(state),
    ...workers.flatMap((w) => [
      ...pop(state, w),
      ...work(state, w, rules),
      ...acknowledge(state, w),
      ...fail(state, w, rules),
    ]),
    ...faults(state, workers),
  ]
}

const set = <T>(list: T[], i: number, value: T): T[] => list.with(i, value)
const now = (state: State) => 1 + Math.max(0, ...state.list.map((copy) => copy.stamp), ...stampsOf(state))
const spend = (left: Budget, kind: keyof Budget): Budget => ({ ...left, [kind]: left[kind] - 1 })

function stampsOf({ rows, words }: State): number[] {
  return [
    ...rows.map((row) => (typeof row === 'number' ? row : 0)),
    ...words.map((word) => (word?.kind === 'retrying' ? word.stamp : 0)),
  ]
}

function place(state: State, m: number): Step[] {
  if (state.rows[m] !== null) return []
  const to = { ...state, rows: set(state.rows, m, now(state)), unpushed: set(state.unpushed, m, true) }
  return [{ name: `place ${m}`, to }]
}

function push(state: State, m: number): Step[] {
  const stamp = state.rows[m]
  if (!state.unpushed[m] || typeof stamp !== 'number') return []
  return [
    {
      name: `push ${m}`,
      to: { ...state, unpushed: set(state.unpushed, m, false), list: [...state.list, { m, stamp }] },
    },
  ]
}

function pop(state: State, w: number): Step[] {
  const [head, ...list] = state.list
  if (state.hands[w] || head === undefined) return []
  return [
    { name: `${w} pops ${head.m}`, to: { ...state, list, hands: set(state.hands, w, { m: head.m, phase: 'popped' }) } },
  ]
}

/** Inbox, effect and commit are one transaction; a duplicate goes straight to the acknowledgement. */
function work(state: State, w: number, rules: Rules): Step[] {
  const hand = state.hands[w]
  if (hand?.phase !== 'popped') return []
  const { m } = hand
  const isDuplicate = rules.inbox && state.inbox[m]
  if (isDuplicate && !rules.acknowledgeDuplicates)
    return [{ name: `${w} drops ${m}`, to: { ...state, hands: set(state.hands, w, null) } }]
  const effects = isDuplicate ? state.effects : set(state.effects, m, (state.effects[m] ?? 0) + 1)
  const committed = { ...state, effects, inbox: set(state.inbox, m, true) }
  const hands = set(state.hands, w, rules.acknowledgeAfterCommit ? { m, phase: 'committed' as const } : null)
  const early = rules.acknowledgeAfterCommit
    ? []
    : [{ name: `${w} says done too early`, to: { ...state, words: set(state.words, m, { kind: 'done' as const }) } }]
  return [...early, { name: `${w} commits ${m}`, to: { ...committed, hands } }]
}

function acknowledge(state: State, w: number): Step[] {
  const hand = state.hands[w]
  if (hand?.phase !== 'committed') return []
  const words = set(state.words, hand.m, { kind: 'done' as const })
  return [{ name: `${w} says done ${hand.m}`, to: { ...state, words, hands: set(state.hands, w, null) } }]
}

/** Handling fails: the worker requeues the message itself, and says so. */
function fail(state: State, w: number, rules: Rules): Step[] {
  const hand = state.hands[w]
  if (hand?.phase !== 'popped' || state.left.failures === 0 || state.inbox[hand.m]) return []
  const row = state.rows[hand.m]
  const stamp = rules.freshStamps ? now(state) : typeof row === 'number' ? row : 0
  const words = set(state.words, hand.m, { kind: 'retrying' as const, stamp })
  const list = [...state.list, { m: hand.m, stamp }]
  return [
    {
      name: `${w} requeues ${hand.m}`,
      to: { ...state, words, list, hands: set(state.hands, w, null), left: spend(state.left, 'failures') },
    },
  ]
}

function remove(state: State, m: number, rules: Rules): Step[] {
  if (state.words[m]?.kind !== 'done' || typeof state.rows[m] !== 'number' || state.field !== null) return []
  const upTo = Number(state.rows[m])
  const isDeleted = (row: State['rows'][number], i: number) =>
    i === m || (!rules.deleteExactly && typeof row === 'number' && row <= upTo)
  const rows = state.rows.map((row, i) => (isDeleted(row, i) ? ('gone' as const) : row))
  return [{ name: `row ${m} deleted`, to: { ...state, rows, field: m } }]
}

function dropField(state: State): Step[] {
  if (state.field === null) return []
  return [
    { name: `field ${state.field} deleted`, to: { ...state, words: set(state.words, state.field, null), field: null } },
  ]
}

/** Grace is over whenever it likes: what was pushed before the oldest element is taken for popped. */
function pushAgain(state: State, m: number, rules: Rules): Step[] {
  if (!isTakenForPopped(state, m) || !rules.settlePushesAgain) return []
  const stamp = now(state)
  const to = { ...state, rows: set(state.rows, m, stamp), list: [...state.list, { m, stamp }] }
  return [{ name: `push again ${m}`, to }]
}

function faults(state: State, workers: number[]): Step[] {
  const { left, hands, list, rows } = state
  const step = (name: string, kind: keyof Budget, to: Partial<State>): Step[] =>
    left[kind] > 0 ? [{ name: `! ${name}`, to: { ...state, ...to, left: spend(left, kind) } }] : []
  return [
    ...workers.flatMap((w) => (hands[w] ? step(`worker ${w} dies`, 'crashes', { hands: set(hands, w, null) }) : [])),
    ...(list.length > 0 ? step('FLUSHALL', 'flushes', { list: [], words: state.words.map(() => null) }) : []),
    ...(list[0] ? step('the list is copied', 'copies', { list: [...list, ...list] }) : []),
    ...step('the sender dies', 'senderCrashes', { unpushed: rows.map(() => false), field: null }),
  ]
}
