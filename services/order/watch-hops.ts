import { queueKey } from '../../shared/keys.ts'
import type { OnDisk } from '../../shared/protocol/on-disk.ts'
import { allWorkers, type Beat, createAttendance } from '../../shared/protocol/workers.ts'
import { listsOf, routes, type Service } from '../../shared/routes.ts'
import type { Redis } from '../../shared/store/redis.ts'
import type { Hop } from './hop.ts'
import { createHopMeter } from './hop-meter.ts'

/** Whom an order passes until it is paid, in this order: the first that each of these rows of the table names. */
export const hopServices = [routes['order.placed'][0], routes['stock.reserved'][0]] as const

/** What is known of a hop: how much its lists hold, its live workers, and what those said last of the hop itself. */
type Told = { listed: number; workers: Map<string, Beat>; pacePerS: number | null; onDisk: OnDisk }

type Deps = { redis: Redis; onDisk(): Promise<OnDisk>; now?: () => number }

/** Looks at all hops. Rejects only where our own disk cannot be read: while Redis is away what it told last holds. */
export function createHopWatch({ redis, onDisk, now = () => performance.now() }: Deps): () => Promise<Hop[]> {
  const watched = hopServices.map((service) => ({
    service,
    read: createReader(redis, service, now),
    measure: createHopMeter(),
  }))
  return async () => {
    const told = await Promise.all(watched.map(({ read }) => read()))
    const disks = [await onDisk(), ...told.map((hop) => hop.onDisk)]
    return watched.map(({ service, measure }, i) => hopOf(service, told[i] ?? NOBODY, disks, measure, now()))
  }
}

const NOBODY: Told = { listed: 0, workers: new Map(), pacePerS: null, onDisk: {} }

function createReader(redis: Redis, service: Service, now: () => number): () => Promise<Told> {
  const attendance = createAttendance()
  let known = NOBODY
  const read = async () => {
    const [lengths, beats] = await Promise.all([
      Promise.all(listsOf(service).map((list) => redis.llen(queueKey(list)))),
      allWorkers(redis, service),
    ])
    const { live: workers } = attendance(beats, now())
    return { ...known, ...wordOf(workers), listed: sumOf(lengths), workers }
  }
  return async () => {
    known = await read().catch(() => known) // Redis is away, or refuses; its connection tells
    return known
  }
}

/**
 * The pace, which they share, and what waits at their service for others: they share one disk, so any of them tells it all.
 * While none is there what was said last holds, for whoever comes back comes back to that.
 */
function wordOf(workers: Map<string, Beat>): Pick<Told, 'pacePerS' | 'onDisk'> | undefined {
  const [newest] = [...workers.values()].toSorted((a, b) => b.at - a.at)
  return newest && { pacePerS: newest.passage?.perSecond ?? null, onDisk: newest.onDisk ?? {} }
}

function hopOf(
  service: Service,
  told: Told,
  disks: OnDisk[],
  measure: ReturnType<typeof createHopMeter>,
  atMs: number,
): Hop {
  const beats = [...told.workers.values()]
  const passages = beats.flatMap(({ passage }) => passage ?? [])
  const { listed, pacePerS } = told
  const onDisk = sumOf(disks.flatMap((disk) => listsOf(service).map((list) => disk[list] ?? 0)))
  const held = sumOf(beats.map(({ inFlight }) => inFlight))
  const waiting = listed + onDisk + held
  const backlog = listed + onDisk + sumOf(passages.map(({ queued }) => queued))
  const workers = new Map(
    [...told.workers].map(([id, { handled, at, passage }]) => [id, { handled, at, calls: passage?.calls ?? 0 }]),
  )
  return {
    ...{ service, waiting, listed, onDisk, held, pacePerS },
    ...measure({ atMs, waiting, backlog, pacePerS, workers }),
    atOnce: passages.length === 0 ? null : sumOf(passages.map(({ atOnce }) => atOnce)),
    underWay: passages.length === 0 ? null : sumOf(passages.map(({ underWay }) => underWay)),
    callMs: passages.find(({ callMs }) => callMs !== null)?.callMs ?? 0,
    isManned: beats.some(({ pausedAt }) => pausedAt === undefined),
    isPaused: beats.length > 0 && beats.every(({ pausedAt }) => pausedAt !== undefined),
  }
}

const sumOf = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0)
