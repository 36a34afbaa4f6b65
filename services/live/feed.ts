import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { every } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import { unavailable } from '../../shared/web/problem.ts'
import { type Chunks, chunksOf } from './chunks.ts'
import { createGroups, type Due } from './groups.ts'
import { type Seat, tellSeat } from './seat.ts'
import type { Found, Source } from './source.ts'
import type { Tally } from './tally.ts'

const LOOK_MS = 1_000 // a bell may be lost, and Redis away
const LATE_MS = 100 // between two looks whether somebody has read on
const CUT_MS = 5_000 // who has read nothing for so long is cut, and comes back
const SLICE = 200 // seats in one turn of the event loop, so that ten thousand hold up nobody
const REST_MAX_MS = 15
const RESTS_PER_LOOK = 4 // at once when it is quiet; under load many rings share one look

/** Tells those who watch the topics of one source what is new there. */
export type Feed = {
  /** From here on the seat is told; its first look follows at once. */
  join(seat: Seat): void
  leave(seat: Seat): void
  /** Something may be new. */
  nudge(): void
  /** How many topics are watched. */
  topics(): number
  stop(): Promise<void>
}

/**
 * Reads on from where the seats stand, whenever it is rung for, and once a second: what somebody is told was read by its number, so
 * nothing is missed, and whoever comes back hears what those hear who stayed. All seats share one look.
 */
export function createFeed(source: Source, health: Health, tally: Tally): Feed {
  const groups = createGroups()
  let isLate = false // somebody has not read all that was told
  const tellOne = createTelling(tally, () => {
    isLate = true
  })
  const periodMs = () => Math.max(0, Math.min(isLate ? LATE_MS : LOOK_MS, groups.nextAt() - performance.now()))
  const loop = every(periodMs, `live.${source.name}`, health, async () => {
    if (groups.size() === 0) return
    const sinceMs = performance.now()
    isLate = false
    await look(source, groups.due(sinceMs), tellOne)
    await delay(Math.min(REST_MAX_MS, RESTS_PER_LOOK * (performance.now() - sinceMs)))
  })
  return {
    join: (seat) => {
      groups.join(seat)
      loop.nudge()
    },
    leave: groups.leave,
    nudge: () => {
      if (groups.size() > 0) loop.nudge()
    },
    topics: groups.size,
    stop: loop.stop,
  }
}

type TellOne = (seat: Seat, found: Found, next: Chunks) => void

async function look(source: Source, due: Due[], tellOne: TellOne): Promise<void> {
  const found = await source
    .read(due.map(({ wanted }) => wanted))
    .catch((error: unknown) => turnAway(due, source, error))
  for (const [i, one] of due.entries()) await deliver(one, found[i] ?? null, tellOne)
}

async function deliver({ group, seats, wanted }: Due, found: Found | null, tellOne: TellOne): Promise<void> {
  if (found === null) return seats.forEach(dismiss)
  const next = chunksOf(wanted.topic, found)
  let turn = 0
  for (const seat of seats) {
    if (++turn % SLICE === 0) await nextTurn()
    if (group.seats.has(seat)) tellOne(seat, found, next)
  }
  if (found.rows.length > 0 && !group.isWaiting) group.toldAt = performance.now()
}

/** Tells one seat what was found; who has not read all of it is `onLate`, and cut in the end. */
function createTelling(tally: Tally, onLate: () => void): TellOne {
  const noteLate = (seat: Seat, hasReadOn: boolean) => {
    onLate()
    const now = performance.now()
    if (hasReadOn || seat.lateSince === null) seat.lateSince = now
    if (now - seat.lateSince < CUT_MS) return
    tally.cut()
    seat.reader.cut()
  }
  return (seat, found, next) => {
    const wasNew = seat.isNew
    const { told, isWhole } = tellSeat(seat, found, next)
    tally.told(told, wasNew ? [] : found.rows)
    seat.ready()
    if (isWhole) seat.lateSince = null
    else noteLate(seat, told > 0)
  }
}

/** Who has just come hears that it cannot be said now; all others wait, and miss nothing. */
function turnAway(due: Due[], { name }: Source, error: unknown): never {
  const why = unavailable(`The ${name} service cannot be asked what is new.`)
  for (const { seats } of due) for (const seat of seats) seat.turnedAway(why)
  throw error
}

/** There is no such topic, or not any more for whoever opened it. */
function dismiss({ refused, reader }: Seat): void {
  refused()
  reader.end()
}
