import { z } from 'zod'
import type { RequestHandler } from '../../shared/web/http.ts'
import { unavailable } from '../../shared/web/problem.ts'

const LIMIT_MS = 8_000

const intent = z.object({ id: z.string(), status: z.string() })

/** Charges while the customer waits: what the gateway refuses, the customer is refused. */
export function payAtOnce(gatewayUrl: string): RequestHandler {
  return async (_req, res) => {
    const answer = await charge(gatewayUrl)
    if (answer.status === 429) throw unavailable('the payment gateway is busy, please try again later')
    if (!answer.ok) throw unavailable(`the payment gateway answers ${answer.status}`)
    const { id, status } = intent.parse(await answer.json())
    if (status !== 'succeeded') throw unavailable(`the payment is ${status}`)
    res.status(201).json({ id })
  }
}

function charge(gatewayUrl: string): Promise<Response> {
  return fetch(`${gatewayUrl}/v1/payment_intents`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_no_queue', 'content-type': 'application/x-www-form-urlencoded' },
    body: CHARGE,
    signal: AbortSignal.timeout(LIMIT_MS),
  })
}

const CHARGE = new URLSearchParams({
  amount: '1800',
  currency: 'eur',
  payment_method: 'pm_card_visa',
  confirm: 'true',
  'automatic_payment_methods[enabled]': 'true',
  'automatic_payment_methods[allow_redirects]': 'never',
}).toString()
