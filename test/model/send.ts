import type { Step } from './model.ts'
import { none, now, set } from './set.ts'
import { laneOf, type Rules, type Setting, type State } from './state.ts'

/** What the sender does by itself: events, their pushes, what waits on disk, and history. */
export function sendingSteps(state: State, rules: Rules, setting: Setting): Step[] {
  const lanes = [...state.lists.keys()]
  return [
    ...happen(state),
    ...[...state.rows.keys()].flatMap((m) => push(state, m, setting)),
    ...lanes.flatMap((lane) => fill(state, lane, rules, setting)),
    ...goOn(state),
    ...meet(state, rules),
  ]
}

/** An event is committed with its row: on its way where the window is open, else to wait for its turn. */
function happen(state: State): Step[] {
  const m = state.events
  if (m === state.rows.length) return []
  const stamp = state.isOpen[laneOf(state, m)] ? now(state) : 0
  const [rows, unpushed] = [set(state.rows, m, stamp), set(state.unpushed, m, stamp)]
  return [{ name: `event ${m}`, to: { ...state, events: m + 1, rows, unpushed } }]
}

function push(state: State, m: number, setting: Setting): Step[] {
  if (!state.unpushed[m]) return []
  return [{ name: `push ${m}`, to: arrived(state, m, setting) }]
}

/** The reply of a push says how full the list is. */
export function arrived(state: State, m: number, { window, isOrdered }: Setting): State {
  const lane = laneOf(state, m)
  const list = [...(state.lists[lane] ?? []), { m, stamp: state.unpushed[m] ?? 0 }]
  const isOpen = list.length >= window ? set(state.isOpen, lane, false) : state.isOpen
  const to = { ...state, lists: set(state.lists, lane, list), isOpen, unpushed: set(state.unpushed, m, 0) }
  if (!isOrdered) return to
  const overtaken = state.reached.some((has, e) => e < m && !has && laneOf(state, e) === lane)
  return { ...to, reached: set(state.reached, m, true), isInOrder: state.isInOrder && !overtaken }
}

/** Takes the oldest row that waits; what has failed waits again. Opens the window when nothing waits any more. */
function fill(state: State, lane: number, rules: Rules, { window }: Setting): Step[] {
  const { lists, isOpen, after } = state
  const isUnderWay = state.unpushed.some((stamp, m) => stamp > 0 && laneOf(state, m) === lane)
  const isFull = rules.fillToTheWindow && (lists[lane]?.length ?? 0) >= window
  if (isOpen[lane] || isUnderWay || isFull || !rules.fillAgain) return []
  const isBack = (m: number) => rules.putBackFailed && state.failed[m] === true && laneOf(state, m) === lane
  const rows = state.rows.map((row, m) => (row !== null && isBack(m) ? 0 : row))
  const failed = state.failed.map((is, m) => is && laneOf(state, m) !== lane)
  const upTo = after === null || !rules.holdBack ? rows.length : after
  const waiting = [...rows.keys()].filter((m) => rows[m] === 0 && m < upTo && laneOf(state, m) === lane)
  const m = rules.oldestFirst ? waiting[0] : waiting.at(-1)
  if (m !== undefined) {
    const stamp = now(state)
    const unpushed = set(state.unpushed, m, stamp)
    return [{ name: `fill ${m}`, to: { ...state, rows: set(rows, m, stamp), failed, unpushed } }]
  }
  return after === null
    ? [{ name: `open ${lane}`, to: { ...state, rows, failed, isOpen: set(isOpen, lane, true) } }]
    : []
}

/** The next event of a pass: a row, unless it has one. */
function goOn(state: State): Step[] {
  const { after, events, receiver } = state
  if (after === null || receiver !== 'known') return []
  if (after === events) return [{ name: 'the pass is over', to: { ...state, after: null } }]
  const rows = set(state.rows, after, state.rows[after] ?? 0)
  return [{ name: `history ${after}`, to: { ...state, rows, after: after + 1, isOpen: none(state.isOpen) } }]
}

/** The sender sees a new database: first it deletes the words of the old one, then it begins a pass. */
function meet(state: State, rules: Rules): Step[] {
  const { receiver, rows, words } = state
  if (receiver === 'known') return []
  const cleared = rules.clearWords ? words.map(() => null) : words
  if (receiver === 'new')
    return [{ name: 'words cleared', to: { ...state, words: cleared, receiver: 'cleared' as const } }]
  const to = {
    rows: rules.clearRows ? rows.map(() => null) : rows,
    after: rules.tellAll ? 0 : null,
    receiver: 'known' as const,
  }
  return [{ name: 'a new database', to: { ...state, ...to } }]
}
