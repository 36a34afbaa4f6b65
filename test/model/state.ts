/**
 * The protocol as a model small enough to look at every interleaving of: one sender with an outbox, a Redis list
 * and status hash, workers that share an inbox. Every step that can be cut off from the next is a step here.
 */
export type Rules = {
  settlePushesAgain: boolean
  acknowledgeAfterCommit: boolean
  inbox: boolean
  acknowledgeDuplicates: boolean
  freshStamps: boolean
  deleteExactly: boolean
}

export const PROTOCOL: Rules = {
  settlePushesAgain: true,
  acknowledgeAfterCommit: true,
  inbox: true,
  acknowledgeDuplicates: true,
  freshStamps: true,
  deleteExactly: true,
}

/** What may still go wrong, by kind. */
export type Budget = { crashes: number; flushes: number; copies: number; failures: number; senderCrashes: number }

/** A hand holds one message: popped, or committed and not acknowledged yet. */
type Hand = { m: number; phase: 'popped' | 'committed' } | null
type Copy = { m: number; stamp: number }
type Word = { kind: 'done' } | { kind: 'retrying'; stamp: number } | null

export type State = {
  /** Per message: its outbox row's stamp; null before it is placed, 'gone' once it was deleted. */
  rows: (number | 'gone' | null)[]
  /** Per message: committed, but the first push is yet to come. */
  unpushed: boolean[]
  list: Copy[]
  words: Word[]
  hands: Hand[]
  inbox: boolean[]
  effects: number[]
  /** The field whose row was just deleted, and which is deleted next. */
  field: number | null
  left: Budget
}

export function initial(messages: number, workers: number, left: Budget): State {
  const each = <T>(value: T) => Array.from({ length: messages }, () => value)
  const hands = Array.from({ length: workers }, () => null)
  return {
    rows: each(null),
    unpushed: each(false),
    list: [],
    words: each(null),
    hands,
    inbox: each(false),
    effects: each(0),
    field: null,
    left,
  }
}

/** The sender's guess from stamps alone. */
export function isTakenForPopped({ rows, words, list }: State, m: number): boolean {
  const row = rows[m]
  const word = words[m]
  if (typeof row !== 'number' || word?.kind === 'done') return false
  const pushedAt = Math.max(row, word?.kind === 'retrying' ? word.stamp : 0)
  return list[0] === undefined || pushedAt < list[0].stamp
}
