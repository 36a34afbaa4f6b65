import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Config } from '../../../shared/config.ts'
import { Problem } from '../../../shared/web/http.ts'
import { acceptedPathIn, openAcceptedList } from './accepted-list.ts'
import { turnSwitches } from './switches.ts'

const LIMIT_MS = 5_000
const AGAIN_MS = 200
const TRIES = 25 // five seconds until its goods are set aside

export const poisoned = z.object({ id: z.string(), number: z.string() })

export type Poisoned = z.infer<typeof poisoned>

/**
 * Places one order whose message to payment fails each time it is handled: the gateway answers for this order with something that
 * is no payment, until somebody repairs it. It is a real order, and what becomes of its message is what becomes of any.
 */
export async function placePoison({ ORDER_URL, ADMIN_TOKEN, DATA_DIR, GATEWAY_URL }: Config): Promise<Poisoned> {
  if (GATEWAY_URL === undefined) throw new Problem(409, 'Conflict', 'There is no payment simulator in this shop.')
  const ask = asking(ORDER_URL, ADMIN_TOKEN ?? '')
  const note = await openAcceptedList(acceptedPathIn(DATA_DIR))
  const answer = await ask('/api/orders', ORDER)
  if (answer.status !== 201) throw new Problem(409, 'Conflict', `Order does not take it (${answer.status}).`)
  const order = poisoned.parse(answer.body)
  await note(order.id)
  await turnSwitches(GATEWAY_URL, { nonsenseFor: order.id })
  for (let tries = 0; tries < TRIES; tries++) {
    const { status } = await ask(`/api/orders/${order.id}/pay`, { method: 'pm_card_visa' })
    if (status === 202) return order
    await delay(AGAIN_MS) // its goods are still being set aside
  }
  throw new Problem(409, 'Conflict', 'Its goods are not set aside, so it cannot be paid yet.')
}

/** It is paid later, so that its id is known before its payment begins. */
const ORDER = {
  customer: { name: 'Ada', email: 'ada@example.com' },
  items: [{ sku: 'MUG-001', quantity: 1 }],
}

function asking(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (path: string, body: object): Promise<{ status: number; body: unknown }> => {
    const request = { method: 'POST', headers: { ...headers, 'idempotency-key': crypto.randomUUID() } }
    const limit = AbortSignal.timeout(LIMIT_MS)
    const response = await fetch(url + path, { ...request, body: JSON.stringify(body), signal: limit })
    return { status: response.status, body: await response.json() }
  }
}
