import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Route, Schema } from './document.ts'

const SIGNATURE = 'Stripe-Signature'
const PROBLEM: Schema = { $ref: '#/components/schemas/Problem' }
const REFUSALS = [400, 413, 415, 429]

/** What no document tells of, because only the gateway comes there: payment's door for webhooks. */
export function webhookRoute(): Route {
  const taken: Schema = { type: 'object', properties: { received: { const: true } }, required: ['received'] }
  const refusals = REFUSALS.map((status) => [status, 'application/problem+json', PROBLEM] as const)
  const replies = [[200, 'application/json', taken] as const, ...refusals]
  return {
    method: 'POST',
    path: '/webhooks/stripe',
    parameters: [],
    body: event,
    replies: new Map(
      replies.map(([status, type, schema]) => [status, { content: new Map([[type, schema]]), headers: [] }]),
    ),
    doors: [{ kind: 'key', header: SIGNATURE }],
  }
}

const text: Schema = { type: 'string', maxLength: 60 }
const needing = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})

/** About orders of nobody: what is signed is believed. https://docs.stripe.com/api/events/object */
const event = needing({
  id: text,
  object: { const: 'event' },
  type: { enum: ['payment_intent.succeeded', 'refund.created', 'charge.dispute.created', 'customer.created'] },
  created: { type: 'integer', minimum: 0, maximum: 2_000_000_000 },
  data: needing({
    object: needing({
      id: text,
      object: text,
      payment_intent: text,
      metadata: needing({ orderId: { const: 'nobody' } }),
    }),
  }),
})

/** The secret of a shop that was started by its launcher. */
export function webhookSecretIn(dataDir: string): string {
  return readFileSync(join(dataDir, 'stripe-webhook-secret'), 'utf8').trim()
}

/** As the gateway signs: https://docs.stripe.com/webhooks#verify-manually */
export function signatureOf(body: Buffer, secret: string): string {
  const second = Math.floor(Date.now() / 1_000)
  const digest = createHmac('sha256', secret).update(`${second}.`).update(body).digest('hex')
  return `t=${second},v1=${digest}`
}

/** Whether a request comes to that door. */
export const isWebhook = ({ path }: Pick<Route, 'path'>) => path === webhookRoute().path
