import { createHmac } from 'node:crypto'

/** What is sent: `id` names the event, and is the same however often it is sent; `body` as its bytes travel. */
type Sent = { id: string; body: string }

/**
 * The headers that Standard Webhooks signs with, as of `now` (ms): whoever knows the secret can tell that we have sent
 * this body, and when. Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signed({ id, body }: Sent, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
