import { signatureOf } from './sign.ts'

const LIMIT_MS = 10_000

export type Endpoint = { url: string; secrets: readonly string[] }

/**
 * Posts an event to the endpoint, signed as Stripe does. Resolves with why it has not arrived, or undefined where it has:
 * only a 2xx counts. A signature is of our own clock, for whoever checks it has no other.
 */
export async function post(
  { url, secrets }: Endpoint,
  payload: string,
  isForged: boolean,
  end: AbortSignal,
): Promise<string | undefined> {
  const signature = signatureOf(payload, isForged ? ['whsec_of_somebody_else'] : secrets, Date.now())
  const headers = { ...HEADERS, 'Stripe-Signature': signature }
  const signal = AbortSignal.any([AbortSignal.timeout(LIMIT_MS), end])
  try {
    const response = await fetch(url, { method: 'POST', headers, body: payload, redirect: 'manual', signal })
    await response.body?.cancel()
    return response.ok ? undefined : `it answers ${response.status}`
  } catch (error) {
    return error instanceof Error ? `${error.message} ${error.cause ?? ''}`.trim() : String(error)
  }
}

const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
  'Cache-Control': 'no-cache',
}
