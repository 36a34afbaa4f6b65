import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Config } from '../../../../shared/config.ts'
import { queueKey } from '../../../../shared/keys.ts'
import { once } from '../../../../shared/once.ts'
import { listsOf, type Service } from '../../../../shared/routes.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import { acceptedPathIn, openAcceptedList } from '../../demo/accepted-list.ts'

const LIMIT_MS = 3_000
const AGAIN_MS = 250
const PATIENCE_MS = 20_000 // an order service that was killed is back before
const LISTED_MAX = 500

const placed = z.object({ id: z.string(), number: z.string(), key: z.string() })
export type Placed = z.infer<typeof placed>

const story = z.object({
  state: z.string(),
  timeline: z.array(z.object({ event: z.string(), at: z.iso.datetime(), state: z.string() })),
})
const ledger = z.array(z.object({ kind: z.string() }))

/** What can be seen of an order from outside: its state, when it got there, and how often it was charged, by the gateway's own book where it shows one. */
export type RightLook = { state: string; isFinal: boolean; at: number; charges: number }

const FINAL = new Set(['paid', 'rejected', 'declined', 'cancelled', 'refunded', 'expired'])
const ORDER = {
  customer: { name: 'Ada', email: 'ada@example.com' },
  items: [{ sku: 'MUG-001', quantity: 1 }],
  payment: { method: 'pm_card_visa' },
}

type Where = Pick<Config, 'ORDER_URL' | 'GATEWAY_URL' | 'ADMIN_TOKEN' | 'DATA_DIR'>
export type Right = ReturnType<typeof createRight>

/** The shop, as a customer of the tour orders there and looks. */
export function createRight({ ORDER_URL, GATEWAY_URL, ADMIN_TOKEN, DATA_DIR }: Where, redis: Redis) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` }
  const noting = once(() => openAcceptedList(acceptedPathIn(DATA_DIR)))
  return {
    /** Places an order, again under the same key where no answer came, as a customer would. */
    send: async (): Promise<Placed> => {
      const own = { ...headers, 'idempotency-key': crypto.randomUUID() }
      const request = { method: 'POST', headers: own, body: JSON.stringify(ORDER) }
      for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await delay(AGAIN_MS)) {
        const heard = await ask(`${ORDER_URL}/api/orders`, request).catch(() => null)
        if (heard?.status !== 201) continue
        const order = placed.parse(heard.body)
        await (await noting())(order.id)
        return order
      }
      throw new Error('no order was accepted')
    },
    look: async ({ id, key }: Pick<Placed, 'id' | 'key'>): Promise<RightLook> => {
      const [told, booked] = await Promise.all([
        ask(`${ORDER_URL}/api/orders/${id}`, { headers: { 'order-key': key } }),
        GATEWAY_URL === undefined ? null : ask(`${GATEWAY_URL}/_ledger?${new URLSearchParams({ orderId: id })}`),
      ])
      const { state, timeline } = story.parse(told.body)
      const reached = timeline.find((one) => one.state === state)
      const captured = timeline.filter(({ event }) => event === 'payment.captured').length
      const charges = booked === null ? captured : chargesIn(booked.body)
      return { state, isFinal: FINAL.has(state), at: Date.parse(reached?.at ?? ''), charges }
    },
    /** All that lies in the lists of these services. */
    listed: async (services: readonly Service[]): Promise<string[]> => {
      const lists = services.flatMap(listsOf).map((list) => redis.lrange(queueKey(list), 0, LISTED_MAX))
      return (await Promise.all(lists)).flat()
    },
  }
}

const chargesIn = (book: unknown) => ledger.parse(book).filter(({ kind }) => kind === 'charge').length

async function ask(url: string, request: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(LIMIT_MS) })
  return { status: response.status, body: await response.json() }
}
