import { queueKey } from '../keys.ts'
import { type Queue, serviceOf } from '../routes.ts'
import type { Redis } from '../store/redis.ts'
import { peekStamp } from './envelope.ts'
import { readMark } from './mark.ts'
import type { Stamps } from './stamps.ts'
import { type Situation, UNHELD_GRACE_MS } from './verdict.ts'
import { createWords } from './words.ts'
import { allWorkers, createAttendance, forget } from './workers.ts'

const BREAK_MS = 60_000 // without a live worker that pops; what came before says nothing of whether it could have answered

/** What a producer sees of one receiver at one moment. `note` tells it the word on a row, before it is judged. */
export type Sight = Situation & { oldestStamp: number; note(id: string, field: string | null): void }

/** Looks at a receiver's list and workers, and remembers what it saw; words on rows, until the round after. */
export type Lookout = { look(isNewRound: boolean): Promise<Sight>; newEpoch(): void }

/** When a producer looked at a list, and before which stamp all had been popped by then. Times in ms since it started. */
type Look = { at: number; popped: number; isEmpty: boolean }

/**
 * Everything that is waited for is timed here, by this process's own steady clock, from when it was first seen: neither
 * a clock that steps nor another host's can hold a message up.
 */
export function createLookout(queue: Queue, redis: Redis, stamps: Stamps): Lookout {
  const service = serviceOf(queue)
  const attendance = createAttendance()
  let seen: string[] = []
  let epochStamp = 0
  let looks: Look[] = []
  const words = createWords()
  let attendedSince = performance.now()
  let attendedAt = attendedSince

  /** A worker is gone, or Redis has lost the mark left in it: an epoch begins, and waives the grace. */
  const newEpoch = () => {
    epochStamp = stamps.last()
  }
  const look = async (isNewRound: boolean): Promise<Sight> => {
    const [oldest, newest, mark, beats] = await Promise.all([
      redis.lindex(queueKey(queue), -1),
      redis.lindex(queueKey(queue), 0),
      readMark(queue, redis),
      allWorkers(redis, service),
    ])
    const at = performance.now()
    const { live, isAnswering, forgotten } = attendance(beats, at)
    if (forgotten.length > 0) await forget(redis, service, forgotten)
    const now = [`${mark}`, ...[...live].map(([id, { incarnation }]) => `${id}#${incarnation}`)]
    if (seen.some((one) => !now.includes(one))) newEpoch()
    seen = now
    if (isAnswering) [attendedSince, attendedAt] = [at - attendedAt > BREAK_MS ? at : attendedSince, at]
    for (const element of [oldest ?? '', newest ?? '']) stamps.see(peekStamp(element) ?? 0)
    const last = stamps.last() + 1
    const popped = oldest === null ? last : Math.min(peekStamp(oldest) ?? 0, last)
    const long = looks.findLastIndex((one) => one.at <= at - UNHELD_GRACE_MS)
    const present = { at, popped, isEmpty: oldest === null }
    looks = [...looks.slice(Math.max(long, 0)), present]
    if (isNewRound) words.newRound()
    return {
      now: Date.now(),
      oldestStamp: oldest === null ? Number.MAX_SAFE_INTEGER : popped,
      epochStamp,
      isLive: (worker) => live.has(worker),
      note: (id, field) => words.note(id, field, at),
      unchangedForMs: (id) => words.unchangedFor(id, at),
      answerableForMs: isAnswering ? at - attendedSince : 0,
      poppedFor: (ms, margin = 0) => {
        const then = looks.findLast((one) => one.at <= at - ms)
        return Math.min(stampOf(then, margin), stampOf(present, margin))
      },
    }
  }
  return { look, newEpoch }
}

const stampOf = (look: Look | undefined, margin: number) =>
  look === undefined ? 0 : look.popped - (look.isEmpty ? 0 : margin)
