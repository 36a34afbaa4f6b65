import { reasonOf } from '../../../shared/health.ts'
import { queueKey, statusKey } from '../../../shared/keys.ts'
import { peekStamp } from '../../../shared/protocol/envelope.ts'
import { timeOf } from '../../../shared/protocol/shop-clock.ts'
import { parseStatus } from '../../../shared/protocol/status.ts'
import { type Attendance, attendanceOf, type Beat } from '../../../shared/protocol/workers.ts'
import { listsOf, type Service, shardsOf } from '../../../shared/routes.ts'
import { isRefusal, type Redis } from '../../../shared/store/redis.ts'
import type { QueueState, WorkerState } from '../room/snapshot.ts'

const SCAN_STEP = 1_000
const SCAN_MAX = 20_000 // fields counted; beyond it the numbers are a lower bound, and say so

/** Reads the state of a service's queue. Rejects when Redis is away; what it refuses hides no other queue. */
export function readQueue(redis: Redis, service: Service): Promise<QueueState> {
  return read(redis, service).catch((error) => {
    if (isRefusal(error)) return { ...NOTHING_KNOWN, trouble: reasonOf(error) }
    throw error
  })
}

const NOTHING_KNOWN = {
  ...{ waiting: 0, oldestAgeMs: null, inFlight: 0, retrying: 0, isCountCapped: false },
  ...{ pausedAt: null, workers: [] },
}

async function read(redis: Redis, service: Service): Promise<QueueState> {
  const keys = listsOf(service).map(queueKey)
  const [lengths, oldest, counts, attendance, now] = await Promise.all([
    Promise.all(keys.map((key) => redis.llen(key))),
    Promise.all(keys.map((key) => redis.lindex(key, -1))),
    countStatuses(redis, service),
    attendanceOf(redis, service),
    timeOf(redis),
  ])
  const { all, live } = attendance
  const workers = [...all].map(([id, beat]) => workerState(id, beat, attendance))
  const waiting = lengths.reduce((sum, length) => sum + length, 0)
  return {
    waiting,
    oldestAgeMs: oldestOf(oldest.map((element) => ageOf(element, now))),
    ...counts,
    pausedAt: pauseIn([...(live.size > 0 ? live : all).values()]),
    workers,
    trouble: null,
  }
}

/** What the newest beat says: all workers of a service are paused by the same word. */
function pauseIn(beats: Beat[]): number | null {
  return beats.toSorted((a, b) => b.at - a.at)[0]?.pausedAt ?? null
}

const oldestOf = (ages: (number | null)[]) =>
  ages.filter((age) => age !== null).reduce<number | null>((a, b) => (a !== null && a > b ? a : b), null)

/** How long ago the element was pushed; null when there is none, or when it is garbage. */
function ageOf(element: string | null, now: number): number | null {
  const stamp = element === null ? null : peekStamp(element)
  return stamp === null ? null : Math.max(0, now - stamp)
}

/** In all shards. */
async function countStatuses(redis: Redis, service: Service) {
  const all = await Promise.all(shardsOf(service).map((list) => countWords(redis, statusKey(list))))
  return all.reduce((sum, one) => ({
    inFlight: sum.inFlight + one.inFlight,
    retrying: sum.retrying + one.retrying,
    isCountCapped: sum.isCountCapped || one.isCountCapped,
  }))
}

/** Final words stay in the hash until the sender has read them, so it has to be looked through. */
async function countWords(redis: Redis, hash: string) {
  const counts = { inFlight: 0, retrying: 0 }
  let seen = 0
  let cursor = '0'
  do {
    const [next, pairs] = await redis.hscan(hash, cursor, 'COUNT', SCAN_STEP)
    const states = pairs.filter((_, i) => i % 2 === 1).map((field) => parseStatus(field)?.state)
    counts.inFlight += states.filter((state) => state === 'processing').length
    counts.retrying += states.filter((state) => state === 'retrying').length
    seen += states.length
    cursor = next
  } while (cursor !== '0' && seen < SCAN_MAX)
  return { ...counts, isCountCapped: cursor !== '0' }
}

function workerState(id: string, beat: Beat, { live, stillForMs }: Attendance): WorkerState {
  const { handled, retried, buried, inFlight, at, startedAt } = beat
  const times = { beatAgeMs: stillForMs(id), upMs: Math.max(0, at - startedAt) }
  return { id, isLive: live.has(id), handled, retried, buried, inFlight, ...times }
}
