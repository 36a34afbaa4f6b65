import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ANSWER_LIMIT_MS, type Answer, asAdmin, askOnce, askUntilAnswered, isBusy, look } from './ask.ts'
import type { Deps } from './customers.ts'
import type { Return } from './dealings.ts'
import { limited } from './limited.ts'
import { complain, count } from './receipts.ts'

const ledger = z.array(z.object({ kind: z.string(), intentId: z.string().optional(), amountCents: z.int() }))

/** Gives back a part of what was paid, or all of it: by the shop's own door, or behind its back at the gateway. */
export async function giveBack(order: Answer, { by, share, afterMs }: Return, deps: Deps): Promise<void> {
  await delay(afterMs, undefined, { signal: deps.signal }).catch(() => {})
  const entries = await look(`${deps.gatewayUrl()}/_ledger?orderId=${order.id}`, {}, ledger)
  const charge = entries?.find(({ kind }) => kind === 'charge')
  if (charge === undefined) return // the gateway is away just now
  const cents = Math.max(1, Math.floor(charge.amountCents * share))
  if (by === 'admin') await askShop(order.id, cents, deps)
  else await askGateway(String(charge.intentId), cents, deps)
}

async function askShop(id: string, amountCents: number, { url, signal, receipts }: Deps): Promise<void> {
  const headers = asAdmin(`refund-${id}`)
  const ask = () => askOnce(`${url()}/api/admin/orders/${id}/refunds`, { amountCents }, headers)
  const answer = await askUntilAnswered(ask, signal, isBusy, () => receipts.retried++)
  if (answer?.status === 202) count(receipts.refunds, id)
  else if (answer !== null && answer.status !== 409 && answer.status !== 422)
    complain(receipts, `a refund of ${id} was answered with ${answer.status}: ${answer.text}`)
}

/** As somebody does on the gateway's own pages, once; whether it has worked its ledger tells. */
async function askGateway(intentId: string, cents: number, { gatewayUrl, signal }: Deps): Promise<void> {
  const body = new URLSearchParams({ payment_intent: intentId, amount: String(cents) })
  const headers = { authorization: 'Bearer sk_test_on_the_gateways_own_pages' }
  const limit = limited(signal, ANSWER_LIMIT_MS)
  await fetch(`${gatewayUrl()}/v1/refunds`, { method: 'POST', headers, body, signal: limit }).catch(() => {})
}
