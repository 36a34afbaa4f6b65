import { arrived, sendingSteps } from './send.ts'
import { none, now, set, spend, zeros } from './set.ts'
import { type Budget, isTakenForPopped, laneOf, type Rules, type Setting, type State } from './state.ts'

export type Step = { name: string; to: State }

/** Everything that can happen next. Faults are last, and named with an exclamation mark. */
export function stepsFrom(state: State, rules: Rules, setting: Setting): Step[] {
  const workers = [...state.hands.keys()]
  return [
    ...sendingSteps(state, rules, setting),
    ...[...state.rows.keys()].flatMap((m) => [...settle(state, m, setting, rules), ...putBack(state, m, rules)]),
    ...goOnSettling(state, rules),
    ...workers.flatMap((w) => [
      ...pop(state, w),
      ...work(state, w, rules),
      ...acknowledge(state, w),
      ...fail(state, w, rules),
    ]),
    ...faults(state, workers, rules, setting),
  ]
}

function pop(state: State, w: number): Step[] {
  if (state.hands[w]) return []
  return [...state.lists.entries()].flatMap(([lane, [head, ...list]]) => {
    if (head === undefined) return []
    const hands = set(state.hands, w, { m: head.m, phase: 'popped' as const })
    return [{ name: `${w} pops ${head.m}`, to: { ...state, lists: set(state.lists, lane, list), hands } }]
  })
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
  const lane = laneOf(state, hand.m)
  const stamp = rules.freshStamps ? now(state) : (state.rows[hand.m] ?? 0)
  const words = set(state.words, hand.m, { kind: 'retrying' as const, stamp })
  const lists = set(state.lists, lane, [...(state.lists[lane] ?? []), { m: hand.m, stamp }])
  const left = spend(state.left, 'failures')
  return [{ name: `${w} requeues ${hand.m}`, to: { ...state, words, lists, hands: set(state.hands, w, null), left } }]
}

/** The word is read; then, where nobody is held in between at once, the row goes. */
function settle(state: State, m: number, { isHeld }: Setting, rules: Rules): Step[] {
  const stamp = state.rows[m]
  if (state.words[m]?.kind !== 'done' || !stamp || state.settling !== null) return []
  const read = { ...state, settling: { m, stamp, phase: 'read' as const } }
  return isHeld ? [{ name: `done ${m} is read`, to: read }] : goOnSettling(read, rules)
}

/** First exactly that row is deleted, then exactly that field; or the row waits again. */
function goOnSettling(state: State, rules: Rules): Step[] {
  const { settling } = state
  if (settling === null) return []
  const { m, stamp, phase } = settling
  if (phase === 'forgotten') {
    const isOpen = set(state.isOpen, laneOf(state, m), false)
    const rows = state.rows.map((row, i) => (i === m && row === stamp ? 0 : row))
    return [{ name: `put back ${m}`, to: { ...state, rows, isOpen, settling: null } }]
  }
  if (phase === 'deleted')
    return [{ name: `field ${m} deleted`, to: { ...state, words: set(state.words, m, null), settling: null } }]
  const isGone = (row: number | null, i: number) =>
    i === m ? row === stamp || !rules.deleteAsSeen : !rules.deleteExactly && row !== null && row <= stamp
  const rows = state.rows.map((row, i) => (isGone(row, i) ? null : row))
  return [{ name: `row ${m} deleted`, to: { ...state, rows, settling: { m, stamp, phase: 'deleted' as const } } }]
}

/** Grace is over whenever it likes: what was pushed before the oldest element is taken for popped. Its word goes first. */
function putBack(state: State, m: number, rules: Rules): Step[] {
  if (!isTakenForPopped(state, m, rules) || !rules.settlePushesAgain || state.settling !== null) return []
  const settling = { m, stamp: state.rows[m] ?? 0, phase: 'forgotten' as const }
  return [{ name: `word on ${m} forgotten`, to: { ...state, words: set(state.words, m, null), settling } }]
}

function faults(state: State, workers: number[], rules: Rules, setting: Setting): Step[] {
  const { left, hands, lists, words, unpushed, failed, isOpen, after } = state
  const step = (name: string, kind: keyof Budget, to: Partial<State>): Step[] =>
    left[kind] > 0 ? [{ name: `! ${name}`, to: { ...state, ...to, left: spend(left, kind) } }] : []
  const dead = { unpushed: zeros(unpushed), failed: none(failed), isOpen: none(isOpen), settling: null }
  const broken = {
    unpushed: zeros(unpushed),
    failed: failed.map((is, m) => is || (unpushed[m] ?? 0) > 0),
    isOpen: none(isOpen),
  }
  const first = unpushed.findIndex((stamp) => stamp > 0)
  const lost = { inbox: none(state.inbox), effects: state.effects.map(() => 0), hands: hands.map(() => null) }
  return [
    ...workers.flatMap((w) => (hands[w] ? step(`worker ${w} dies`, 'crashes', { hands: set(hands, w, null) }) : [])),
    ...(lists.some(({ length }) => length > 0)
      ? step('FLUSHALL', 'flushes', { lists: lists.map(() => []), words: words.map(() => null) })
      : []),
    ...(lists[0]?.[0]
      ? step('the list is copied', 'copies', { lists: set(lists, 0, [...lists[0], ...lists[0]]) })
      : []),
    ...step('the sender dies', 'senderCrashes', dead),
    ...(first >= 0 ? step('the connection breaks', 'breaks', broken) : []),
    ...(first >= 0
      ? step('the connection breaks late', 'breaks', { ...arrived(state, first, setting), ...broken })
      : []),
    ...step('the sender forgets', 'forgets', {
      ...dead,
      rows: state.rows.map(() => null),
      after: rules.tellAll ? 0 : null,
    }),
    ...(state.receiver === 'known' ? step('the database is lost', 'losses', { ...lost, receiver: 'new' }) : []),
    ...(after !== null && after < state.events && !rules.noteWithRows
      ? step('the sender dies after its note', 'senderCrashes', { ...dead, after: after + 1 })
      : []),
  ]
}
