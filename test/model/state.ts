/**
 * The protocol as a model small enough to look at every interleaving of: one sender with its events, an outbox and a
 * window for each lane, a Redis list for each lane and a status hash, workers that share an inbox. Every step that can
 * be cut off from the next is a step here.
 */
export type Rules = Record<keyof typeof PROTOCOL, boolean>

export const PROTOCOL = {
  settlePushesAgain: true,
  acknowledgeAfterCommit: true,
  inbox: true,
  acknowledgeDuplicates: true,
  freshStamps: true,
  deleteExactly: true,
  /** A row is deleted only with the stamp that it had when its word was read. */
  deleteAsSeen: true,
  /** The filler stops when the list is full. */
  fillToTheWindow: true,
  oldestFirst: true,
  /** What waits on disk goes out when there is room. */
  fillAgain: true,
  putBackFailed: true,
  /** What left a lane is told by that lane's own oldest element. */
  laneByItself: true,
  /** Who is not known, or begins anew, is told all that happened. */
  tellAll: true,
  /** What lies beyond a pass waits for it. */
  holdBack: true,
  /** A pass notes how far it is together with its rows. */
  noteWithRows: true,
  /** A receiver that begins anew: the words of its old database go, and the rows. */
  clearWords: true,
  clearRows: true,
}

/** What may still go wrong, by kind. */
export type Budget = Record<keyof typeof NO_FAULTS, number>
export const NO_FAULTS = {
  crashes: 0,
  flushes: 0,
  copies: 0,
  failures: 0,
  senderCrashes: 0,
  /** The connection breaks: pushes that are under way fail, and may have arrived. */
  breaks: 0,
  /** The sender forgets its receiver while it is down, and all rows to it. */
  forgets: 0,
  /** The receiver loses its database. */
  losses: 0,
}

/** The world in which it happens. */
export type Setting = {
  messages: number
  workers: number
  lanes: number
  window: number
  /** So many events happened before the receiver came. */
  past: number
  /** What the sender says to Redis arrives before anything else happens, but for deaths. */
  isPushAtOnce: boolean
  /** First pushes must be in the order of events, and a list within its window. */
  isOrdered: boolean
  /** Another process of the sender may be held between reading a word and deleting the row. */
  isHeld: boolean
}

/** A hand holds one message: popped, or committed and not acknowledged yet. */
type Hand = { m: number; phase: 'popped' | 'committed' } | null
export type Copy = { m: number; stamp: number }
type Word = { kind: 'done' } | { kind: 'retrying'; stamp: number } | null

export type State = {
  /** How many events have happened. */
  events: number
  /** Per event: its outbox row's stamp, 0 while it waits on disk; null where it has none. */
  rows: (number | null)[]
  /** Per event: the stamp of a push that is under way; 0 where none is. */
  unpushed: number[]
  /** Per event: its push has failed. */
  failed: boolean[]
  /** Per event: has been in the list; only where order matters. */
  reached: boolean[]
  isInOrder: boolean
  /** Per lane. */
  lists: Copy[][]
  isOpen: boolean[]
  words: Word[]
  hands: Hand[]
  inbox: boolean[]
  effects: number[]
  /** The row whose word was `read` and which is deleted next; or was `deleted`, and its word is next; or which is put back next. */
  settling: { m: number; stamp: number; phase: 'read' | 'deleted' | 'forgotten' } | null
  /** How far a pass over history is. */
  after: number | null
  /** The receiver has another database, which the sender has not seen; or it has, and cleared the words of the old one. */
  receiver: 'known' | 'new' | 'cleared'
  left: Budget
}

export function initial({ messages, workers, lanes, past }: Setting, left: Budget): State {
  const each = <T>(value: T, count = messages) => Array.from({ length: count }, () => value)
  return {
    events: past,
    rows: each(null),
    unpushed: each(0),
    failed: each(false),
    reached: each(false),
    isInOrder: true,
    lists: each([], lanes),
    isOpen: each(false, lanes),
    words: each(null),
    hands: each(null, workers),
    inbox: each(false),
    effects: each(0),
    settling: null,
    after: past > 0 ? 0 : null,
    receiver: 'known',
    left,
  }
}

export const laneOf = (state: State, m: number) => m % state.lists.length

/** The sender's guess from stamps alone. */
export function isTakenForPopped(state: State, m: number, rules: Rules): boolean {
  const row = state.rows[m]
  const word = state.words[m]
  if (typeof row !== 'number' || row === 0 || word?.kind === 'done') return false
  const pushedAt = Math.max(row, word?.kind === 'retrying' ? word.stamp : 0)
  const oldest = state.lists[rules.laneByItself ? laneOf(state, m) : 0]?.[0]
  return oldest === undefined || pushedAt < oldest.stamp
}
