import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { catalogue } from '../../../shared/catalogue.ts'
import type { Config } from '../../../shared/config.ts'
import type { Burst } from '../room/snapshot.ts'
import { acceptedPathIn, openAcceptedList } from './accepted-list.ts'

const AT_ONCE = 16
const REFUSALS_MAX = 3
const AGAIN_MS = 200
const LIMIT_MS = 10_000
const PATIENCE_MS = 15_000 // of silence: an order service that was killed is back before, one that was stopped is not

/** Places many orders through the same door as everybody, one burst at a time; `progress` is that of the last one. */
export type Bursts = { place(wanted: number): Promise<Burst>; progress(): Burst | null; stop(): void }

/**
 * Whatever is accepted is written to a file of its own, so that the auditor can compare what customers were told
 * with what is in the books.
 */
export function createBurst({ ORDER_URL, DATA_DIR, ADMIN_TOKEN }: Config): Bursts {
  const url = `${ORDER_URL}/api/orders`
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` } // or the shop's limits would end it soon
  let burst: Burst | null = null
  let end = new AbortController()
  return {
    progress: () => burst,
    stop: () => end.abort(),
    place: async (wanted) => {
      const progress = { wanted, accepted: 0, failed: 0, isOver: false }
      burst = progress
      end = new AbortController()
      try {
        const note = await openAcceptedList(acceptedPathIn(DATA_DIR))
        const shop = { url, headers, heardAt: performance.now(), end: end.signal }
        const queue = Array(wanted).keys()
        const placing = Array.from({ length: AT_ONCE }, () => placeAll(shop, queue, progress, note))
        await Promise.allSettled(placing) // where one fails the others still place for a while
        await Promise.all(placing)
        return progress
      } finally {
        progress.isOver = true
      }
    },
  }
}

/** Where to order, when anything was last heard from there, and when to stop. */
type Shop = { url: string; headers: Record<string, string>; heardAt: number; end: AbortSignal }

async function placeAll(shop: Shop, queue: Iterable<number>, progress: Burst, note: (id: string) => Promise<void>) {
  for (const _ of queue) {
    if (shop.end.aborted) return
    const id = await placeOne(shop)
    if (id === null) progress.failed++
    else progress.accepted++
    if (id !== null) await note(id)
  }
}

const answer = z.object({ id: z.string() })

/** Returns the id of the order, or null when it was not accepted. A repetition is safe: it carries the same key. */
async function placeOne(shop: Shop): Promise<string | null> {
  const headers = { ...shop.headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  const request = { method: 'POST', headers, body: JSON.stringify(randomOrder()) }
  for (let refusals = 0; refusals < REFUSALS_MAX && isWorthAsking(shop); ) {
    const heard = await ask(shop.url, request).catch(() => null)
    if (heard !== null) shop.heardAt = performance.now()
    if (heard?.status === 201) return answer.parse(heard.body).id
    if (heard !== null) refusals++
    await delay(AGAIN_MS)
  }
  return null
}

const isWorthAsking = ({ end, heardAt }: Shop) => !end.aborted && performance.now() - heardAt < PATIENCE_MS

async function ask(url: string, request: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(LIMIT_MS) })
  return { status: response.status, body: await response.json() }
}

const NAMES = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger', 'Barbara', 'Donald', 'Radia', 'Alan', 'Katherine']
const DECLINING = 0.06 // of all cards

function randomOrder() {
  const name = pick(NAMES)
  const skus = new Set([pick(catalogue).sku, ...(Math.random() < 0.4 ? [pick(catalogue).sku] : [])])
  return {
    customer: { name, email: `${name.toLowerCase()}@example.com` },
    items: [...skus].map((sku) => ({ sku, quantity: Math.random() < 0.3 ? 2 : 1 })),
    payment: { method: Math.random() < DECLINING ? 'pm_card_chargeDeclined' : 'pm_card_visa' },
  }
}

function pick<T>(list: readonly T[]): T {
  const found = list[Math.floor(Math.random() * list.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}
