import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Service } from '../shared/routes.ts'
import type { Books } from './books.ts'
import type { LiveReceipts } from './hold-live.ts'
import type { Heard } from './live-reader.ts'
import { percentile } from './recovery-times.ts'
import type { Said } from './say-live.ts'
import { rowsOf } from './work-left.ts'

/** What the readers count themselves, when all is at rest. */
export type LiveTold = {
  streams: number
  refused: number
  told: number
  missed: string[]
  doubled: number
  resets: number
  stale: string[]
  /** From the answer to whoever said it to a reader, in ms. */
  delay: ReturnType<typeof percentile>
  tookMs: number
}

const LOOK_EVERY_MS = 500
const READ: Service[] = ['order', 'inventory']

/** Waits until nobody misses anything any more; gives up after `limitMs`. */
export async function awaitReaders(
  receipts: LiveReceipts,
  books: Pick<Books, 'read'>,
  limitMs: number,
  signal: AbortSignal,
): Promise<LiveTold> {
  const startMs = performance.now()
  for (;;) {
    const look = (dataDir: string) => [missedBy(receipts, dataDir), staleAt(receipts, dataDir)] as const
    const [missed, stale] = await books.read(look, READ)
    const tookMs = Math.round(performance.now() - startMs)
    const isOver = missed.length + stale.length === 0 || tookMs > limitMs || signal.aborted
    if (isOver) return { ...countTold(receipts), missed, stale, tookMs }
    await delay(LOOK_EVERY_MS)
  }
}

/**
 * A reader misses what was asked to be said after it was let in, was answered as said, and it was never told; unless it was told
 * since that the topic begins anew.
 */
function missedBy({ said, readers, orders }: LiveReceipts, dataDir: string): string[] {
  const missed = readers.flatMap((heard, i) =>
    said.filter((one) => isOwed(one, heard)).map(({ topic, name }) => `reader ${i}: ${topic} ${name}`),
  )
  for (const { id, event } of stepsOf([...orders.keys()], dataDir))
    if (!orders.get(id)?.told.has(`order:${id} ${event}`)) missed.push(`reader of ${id}: ${event}`)
  return missed
}

function isOwed({ topic, name, askedMs }: Said, { watched, sinceMs, told, resetMs }: Heard): boolean {
  if (sinceMs === null || askedMs < sinceMs || !watched.some((one) => one.topic === topic)) return false
  return !told.has(`${topic} ${name}`) && askedMs > (resetMs.get(topic) ?? 0)
}

const step = z.object({ id: z.string(), event: z.string() })

function stepsOf(ids: string[], dataDir: string): z.infer<typeof step>[] {
  return rowsOf(dataDir, 'order', step, STEPS, JSON.stringify(ids))
}

const STEPS = `SELECT orderId AS id, event FROM "TimelineEntry" WHERE orderId IN (SELECT value FROM json_each(?))`

const now = z.object({ what: z.string(), value: z.int() })

/** Stock and prices of which a reader knows another one than there is. */
function staleAt({ readers }: LiveReceipts, dataDir: string): string[] {
  const truth = [...rowsOf(dataDir, 'inventory', now, STOCK), ...rowsOf(dataDir, 'order', now, PRICES)]
  return readers.flatMap(({ latest, sinceMs }, i) =>
    truth
      .filter(({ what, value }) => sinceMs !== null && latest.get(what) !== value)
      .map(({ what, value }) => `reader ${i}: ${what} is ${value}, and was told as ${latest.get(what)}`),
  )
}

const STOCK = `SELECT 'stock.changed ' || sku AS what, available AS value FROM "Stock"`
const PRICES = `
  SELECT 'price.changed ' || sku AS what, priceCents AS value FROM "Product"
  WHERE sku IN (SELECT sku FROM "PriceChange" WHERE priceCents <> wasCents)`

function countTold({ said, readers, orders }: LiveReceipts) {
  const all = [...readers, ...orders.values()]
  const times = all.flatMap(({ told }) => [...told.values()].map((one) => one.times))
  const saidMs = new Map(said.map((one) => [`${one.topic} ${one.name}`, one.saidMs]))
  const delays = readers.flatMap(({ told }) =>
    [...told].flatMap(([what, { atMs }]) => Math.max(0, atMs - (saidMs.get(what) ?? Number.NaN))),
  )
  return {
    streams: all.reduce((sum, { streams }) => sum + streams, 0),
    refused: all.reduce((sum, { refused }) => sum + refused, 0),
    told: times.length,
    doubled: times.reduce((sum, one) => sum + one - 1, 0),
    resets: all.reduce((sum, { resets }) => sum + resets, 0),
    delay: percentile(delays.filter((ms) => !Number.isNaN(ms))),
  }
}

/** What is wrong with that. */
export function brokenLive({ missed, stale }: LiveTold, { readers, wishes }: LiveReceipts, dataDir: string): string[] {
  const kept = readers.filter(({ sinceMs }) => sinceMs === null).length
  const told = new Set(rowsOf(dataDir, 'notification', named, TOLD).map(({ email }) => email))
  const untold = [...wishes.confirmed].filter((email) => !told.has(email))
  return [
    ...(missed.length > 0 ? [`${missed.length} things were missed, as ${missed[0]}`] : []),
    ...(stale.length > 0 ? [`${stale.length} know what is not so, as ${stale[0]}`] : []),
    ...(kept > 0 ? [`${kept} readers were never let in`] : []),
    ...(untold.length > 0 ? [`${untold.length} were not told of what they wait for, as ${untold[0]}`] : []),
  ]
}

const named = z.object({ email: z.string() })
const TOLD = `SELECT email FROM "Alert" WHERE state = 'told'`
