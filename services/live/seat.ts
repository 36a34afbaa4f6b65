import { type Position, type Topic, topicKinds } from '../../shared/topics.ts'
import { eventOf } from '../../shared/web/event-stream.ts'
import type { Chunks } from './chunks.ts'
import type { Reader } from './reader.ts'
import type { Found } from './source.ts'

/** Why a reader is told a topic anew that it knew once. */
export type Why = 'elsewhere' | 'too far back'

/** The place of a reader in one topic. `after` is up to where it has been told; `isNew`: it knows nothing of it. */
export type Seat = {
  readonly reader: Reader
  readonly topic: Topic
  readonly session: Position['session']
  after: number
  isNew: boolean
  /** `since` of the look in which it began: what it has still to be told from before that is no gap. */
  begunAt: number
  reset: Why | null
  /** Since when it has not read on (ms of uptime); null where it has been told all. */
  lateSince: number | null
  /** The first look is over: there is such a topic, or there is none, or nobody could say. */
  ready(): void
  refused(): void
  turnedAway(why: Error): void
}

/** Tells a seat what is new to it, as long as its reader reads. Returns how much that was; `isWhole`: there is no more. */
export function tellSeat(seat: Seat, found: Found, next: Chunks): { told: number; isWhole: boolean } {
  const { reader, topic } = seat
  const { isToldOn } = topicKinds[topic.kind]
  if (isToldOn && !begin(seat, found)) return { told: 0, isWhole: false }
  let told = 0
  for (let chunk = next(seat.after); chunk !== null; chunk = next(seat.after)) {
    if (!reader.hasRoom()) return { told, isWhole: false }
    if (isToldOn) reader.tell(topic.name, chunk)
    else reader.pass(chunk.event)
    seat.after = chunk.upTo
    told++
  }
  seat.after = Math.max(seat.after, found.upTo)
  seat.isNew = false
  if (isToldOn) reader.stand(topic.name, seat.after)
  return { told, isWhole: true }
}

/** Where it begins, and what it is to throw away before. False where that has to be looked up first. */
function begin(seat: Seat, { since, begins, upTo }: Found): boolean {
  const isAhead = !seat.isNew && seat.after > upTo // by a copy of the database that is older than what was told
  if (isAhead) seat.reset = 'elsewhere'
  else if (!seat.isNew && seat.after < since && seat.begunAt !== since) seat.reset = 'too far back'
  if (seat.reset !== null) beginAnew(seat, seat.reset)
  if (isAhead) return false
  if (seat.isNew) beginAt(seat, begins, since)
  return true
}

function beginAt(seat: Seat, after: number, since: number): void {
  seat.after = after
  seat.begunAt = since
  seat.isNew = false
}

function beginAnew(seat: Seat, why: Why): void {
  const { reader, topic } = seat
  reader.stand(topic.name, undefined)
  reader.pass(eventOf(JSON.stringify({ topic: topic.name, kind: 'reset', data: { why } })))
  seat.after = 0
  seat.isNew = true
  seat.reset = null
}
