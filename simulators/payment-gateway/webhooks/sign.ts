import { createHmac } from 'node:crypto'

/**
 * The header `Stripe-Signature` of a payload: when it was signed, and its signature by each secret, for while one replaces
 * another there are two. Source: https://docs.stripe.com/webhooks/signature
 */
export function signatureOf(payload: string, secrets: readonly string[], atMs: number): string {
  const t = Math.floor(atMs / 1_000)
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex'))
  return [`t=${t}`, ...signatures.map((signature) => `v1=${signature}`)].join(',')
}
