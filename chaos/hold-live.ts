import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { asAdmin, askOnce, askUntilAnswered, isBusy } from './ask.ts'
import { type Wishes, wishForProducts } from './ask-alerts.ts'
import type { Deps } from './customers.ts'
import { type Heard, nothingHeard, sleepAt, type Watched, watchLive } from './live-reader.ts'
import type { Plan } from './plan.ts'
import { seededRandom } from './random.ts'
import type { Ticket } from './sale-receipts.ts'
import { postNews, type SaidAll, setPrices, talk } from './say-live.ts'
import type { Shop } from './shop.ts'

/** Who watches in a run: so many readers, so many who open a stream and read nothing, and who wants to be told of a product. */
export type LivePlan = { readers: number; sleepers: number; alerts: number }

/** What was said and who was told what; `orders` are watched each by one reader. */
export type LiveReceipts = SaidAll & { readers: Heard[]; orders: Map<string, Heard>; wishes: Wishes }

export type Live = { told: LiveReceipts; done: Promise<void>; stop(): Promise<void> }

const SPEAKERS = 6
const ORDER_EVERY_MS = 1_500
const HANG_UP_SHARE = 0.3

type Stage = Deps & { shop: Place; untilMs: number; told: LiveReceipts }
type Place = Pick<Shop, 'url'>

/**
 * Watches what happens in a run, and lets something happen. `done` when nothing more is said; the readers go on until `stop`, or
 * until the `run` is over. They outlast the patience of those who say something: what comes late is told, too.
 */
export function holdLive(plan: Plan, live: LivePlan, shop: Place, deps: Deps, run: AbortSignal): Live {
  const { readers, sleepers, alerts } = live
  const random = seededRandom(plan.seed ^ 0x11fe)
  const wishes: Wishes = { asked: 0, confirmed: new Set(), isLess: false }
  const told: LiveReceipts = { said: [], unanswered: 0, readers: [], orders: new Map(), wishes }
  const stage: Stage = { ...deps, shop, told, untilMs: performance.now() + plan.durationMs }
  const over = new AbortController()
  run.addEventListener('abort', () => over.abort())
  const door = { urls: () => [shop.url('order'), shop.url('live')], signal: over.signal, random }
  const watching: Promise<void>[] = []
  const watch = (watched: Watched[], hangsUp: boolean): Heard => {
    const heard = nothingHeard(watched)
    watching.push(watchLive(watched, { ...door, hangsUp }, heard))
    return heard
  }
  const hold = async () => {
    const room = await openRoom(stage)
    const topics = ['news', 'stock', 'price', ...(room === null ? [] : [`room:${room.sale}`, `sale:${room.sale}`])]
    const all = topics.map((topic) => ({ topic }))
    for (let i = 0; i < readers; i++) told.readers.push(watch(all, random.chance(HANG_UP_SHARE)))
    for (let i = 0; i < sleepers; i++) watching.push(sleepAt(all, { ...door, hangsUp: true }))
    const speaking = (room?.tickets ?? []).map((ticket) => talk(ticket, stage))
    const ordering = placeOrders(stage, (id, key) => told.orders.set(id, watch([{ topic: `order:${id}`, key }], true)))
    await Promise.all([
      ...speaking,
      ordering,
      postNews(stage),
      setPrices(stage),
      wishForProducts(alerts, wishes, stage),
    ])
    if (room !== null) await end(room.sale, stage)
  }
  const stop = async () => {
    over.abort()
    await Promise.all(watching)
  }
  return { told, done: hold(), stop }
}

const announced = z.object({ id: z.string() })
const joined = z.object({ ticket: z.string(), key: z.string(), number: z.int() })
const DAY_MS = 24 * 3_600_000

type Room = { sale: string; tickets: Ticket[] }

/** A sale of one unit, in whose line some talk. Null when told to stop before. */
async function openRoom(stage: Stage): Promise<Room | null> {
  const goods = { kind: 'flash', order: 'line', sku: 'MUG-001', units: 1, priceCents: 900 }
  const body = { ...goods, endsAt: Date.now() + DAY_MS, payWithinMs: 3_000 }
  const answer = await command('room', '/api/admin/sales', body, stage)
  if (answer?.status !== 201) return null
  const sale = announced.parse(JSON.parse(answer.text)).id
  const tickets = await Promise.all(Array.from({ length: SPEAKERS }, (_, i) => join(sale, i, stage)))
  return { sale, tickets: tickets.flatMap((ticket) => ticket ?? []) }
}

async function join(sale: string, i: number, { shop, signal }: Stage): Promise<Ticket | null> {
  const body = { buyer: `secret of speaker ${i}`, email: `speaker-${i}@${sale}.example`, name: `Speaker ${i}` }
  const ask = () => askOnce(`${shop.url('order')}/api/sales/${sale}/entries`, body, {})
  const answer = await askUntilAnswered(ask, signal, ({ status }) => status !== 202)
  const now = Date.now()
  return answer && { sale, ...joined.parse(JSON.parse(answer.text)), askedAt: now, at: now }
}

async function end(sale: string, stage: Stage): Promise<void> {
  await command('room-end', `/api/admin/sales/${sale}/end`, {}, stage)
}

/** What the admin wants done. */
function command(key: string, path: string, body: object, { shop, signal }: Stage) {
  return askUntilAnswered(() => askOnce(`${shop.url('order')}${path}`, body, asAdmin(key)), signal, isBusy)
}

/** Orders that somebody watches from the beginning. */
async function placeOrders({ shop, signal, untilMs, receipts }: Stage, watch: (id: string, key: string) => void) {
  const customer = { name: 'Ada', email: 'ada@example.com' }
  const body = { customer, items: [{ sku: 'MUG-001', quantity: 1 }], payment: { method: 'pm_card_visa' } }
  for (let i = 1; performance.now() < untilMs && !signal.aborted; i++) {
    const headers = { 'idempotency-key': `watched-${i}` }
    const ask = () => askOnce(`${shop.url('order')}/api/orders`, body, headers)
    const answer = await askUntilAnswered(
      ask,
      signal,
      ({ status }) => status !== 201,
      () => receipts.retried++,
    )
    if (answer !== null) {
      receipts.accepted.add(answer.id)
      watch(answer.id, answer.orderKey)
    }
    await delay(ORDER_EVERY_MS)
  }
}
