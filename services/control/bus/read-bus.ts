import { queueKey } from '../../../shared/keys.ts'
import { peekStamp } from '../../../shared/protocol/envelope.ts'
import { type EventName, eventNames, type Queue, queuesOf, type Service, services } from '../../../shared/routes.ts'
import { sendersOf } from '../../../shared/senders.ts'
import { shardsIn, wholeOf } from '../../../shared/shards.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { BusNow, EventNow, QueueNow } from './bus-answer.ts'
import { createTrafficReader, type Sample, type Told } from './read-traffic.ts'

const FRESH_MS = 900 // however many watch, services are asked once a second

/** How it goes on the bus. Never rejects: whoever is away is not told of. */
export type ReadBus = () => Promise<BusNow>

/** Every list that the table sends something to. */
export const queues: Queue[] = [...new Set(eventNames.flatMap(queuesOf))]

export function createBusReader(redis: Redis, ask: Ask): ReadBus {
  const readers = services.map((service) => [service, createTrafficReader(service, ask)] as const)
  let reading: { at: number; bus: Promise<BusNow> } | null = null
  const read = async (): Promise<BusNow> => {
    const asked = readers.map(async ([service, read]) => [service, await read()] as const)
    const [told, lists] = await Promise.all([Promise.all(asked), readLists(redis).catch(() => null)])
    return busOf(new Map(told), lists, Date.now())
  }
  return () => {
    const at = performance.now()
    if (reading === null || at - reading.at > FRESH_MS) reading = { at, bus: read() }
    return reading.bus
  }
}

type List = { length: number; oldestAt: number | null }

async function readLists(redis: Redis): Promise<Map<Queue, List>> {
  const states = queues.map(async (queue): Promise<[Queue, List]> => {
    const shards = await Promise.all(shardsIn(queue).map((shard) => readShard(redis, queueKey(shard))))
    const times = shards.map(({ oldestAt }) => oldestAt).filter((at) => at !== null)
    return [queue, { length: sumOf(shards.map(({ length }) => length)), oldestAt: oldestOf(times) }]
  })
  return new Map(await Promise.all(states))
}

async function readShard(redis: Redis, key: string): Promise<List> {
  const [length, oldest] = await Promise.all([redis.llen(key), redis.lindex(key, -1)])
  return { length, oldestAt: oldest === null ? null : peekStamp(oldest) }
}

function busOf(told: Map<Service, Told>, lists: Map<Queue, List> | null, now: number): BusNow {
  const all = [...told.values()]
  return {
    at: new Date(now).toISOString(),
    events: eventNames.map((event) => eventNow(event, told)),
    queues: queues.map((queue) => queueNow(queue, all, lists?.get(queue) ?? null, now)),
    dead: deadIn(all),
    unreachable: [...told].filter(([, { now }]) => now === null).map(([service]) => service),
  }
}

function eventNow(event: EventName, told: Map<Service, Told>): EventNow {
  const senders = sendersOf(event).flatMap((service) => told.get(service) ?? [])
  const rates = senders.map(({ perS }) => perS(event)).filter((rate) => rate !== null)
  const newest = senders.flatMap(({ samples }) => samples.get(event) ?? []).toSorted((a, b) => b.at - a.at)[0]
  return { event, perS: rates.length === 0 ? null : sumOf(rates), sample: newest ? sampleOf(newest) : null }
}

function sampleOf({ id, v: version, subject, at, data }: Sample): EventNow['sample'] {
  return { id, version, subject, at: new Date(at).toISOString(), data }
}

function queueNow(queue: Queue, told: Told[], list: List | null, now: number): QueueNow {
  const known = told.flatMap(({ now }) => now ?? [])
  const onDisk = known.flatMap((traffic) => traffic.onDisk.filter((one) => wholeOf(one.queue) === queue))
  const times = [list?.oldestAt ?? null, ...onDisk.map(({ oldestAt }) => oldestAt)].filter((at) => at !== null)
  const oldestAt = oldestOf(times)
  return {
    queue,
    inList: list?.length ?? null,
    onDisk: onDisk.length === 0 ? null : sumOf(onDisk.map(({ count }) => count)),
    isFloor: known.length < told.length || onDisk.some(({ isCapped }) => isCapped),
    oldestAgeMs: oldestAt === null ? null : Math.max(0, now - oldestAt),
  }
}

/** A dead letter is kept by its receiver, or by its sender where the receiver never spoke. */
function deadIn(told: Told[]): BusNow['dead'] {
  const counts = new Map<string, BusNow['dead'][number]>()
  for (const { queue: service, name: event, count } of told.flatMap(({ now }) => now?.dead ?? [])) {
    const key = JSON.stringify([service, event])
    counts.set(key, { service, event, count: count + (counts.get(key)?.count ?? 0) })
  }
  return [...counts.values()]
}

const oldestOf = (times: number[]): number | null => times.toSorted((a, b) => a - b)[0] ?? null
const sumOf = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0)
