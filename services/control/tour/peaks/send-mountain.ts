import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { accept, type Flow, refuse } from './flow.ts'
import { dueTimesOf } from './mountain.ts'

const TICK_MS = 5
const ANSWER_LIMIT_MS = 15_000

const answer = z.object({ id: z.string() })
type Accepted = (id: string, askedAt: number) => void

/**
 * Orders as a mountain has it, each when it is due, whether or not those before it are answered; nobody tries again. Resolves when the
 * last one is answered, or when `end` says that no more shall come.
 */
export async function sendMountain(
  seconds: readonly number[],
  flow: Flow,
  shop: { url: string; headers: Record<string, string>; end: AbortSignal; accepted: Accepted },
): Promise<void> {
  const startMs = performance.now()
  const sent: Promise<void>[] = []
  for (const dueMs of dueTimesOf(seconds)) {
    while (performance.now() - startMs < dueMs && !shop.end.aborted) await delay(TICK_MS)
    if (shop.end.aborted) break
    sent.push(order(flow, shop))
  }
  await Promise.all(sent)
  flow.isSent = true
}

type Shop = Parameters<typeof sendMountain>[2]

async function order(flow: Flow, { url, headers, accepted }: Shop): Promise<void> {
  const askedAt = Date.now()
  const id = await place(url, headers).catch(() => null) // nobody answered: for the customer that is a no
  if (id === null) return refuse(flow, askedAt)
  accept(flow, askedAt)
  accepted(id, askedAt)
}

/** The id of the order; null where it was refused. */
async function place(url: string, own: Record<string, string>): Promise<string | null> {
  const headers = { ...own, 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: BODY, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }
  const response = await fetch(`${url}/api/orders`, request)
  const body: unknown = await response.json()
  return response.status === 201 ? answer.parse(body).id : null
}

const BODY = JSON.stringify({
  customer: { name: 'Ada', email: 'ada@example.com' },
  items: [{ sku: 'MUG-001', quantity: 1 }], // of which there are tens of thousands
  payment: { method: 'pm_card_visa' },
})
