import type { Open } from '../entry.ts'
import { type Intent, statusOf } from '../intent.ts'
import { secretOf } from '../objects/intent-object.ts'

/** Where the holder of a card goes from a challenge that he has answered; undefined where nobody said so. */
export function backFrom({ returnUrl }: Open, intent: Intent): string | undefined {
  if (returnUrl === undefined) return undefined
  const url = new URL(returnUrl)
  const { intentId } = intent.opened
  url.searchParams.set('payment_intent', intentId)
  url.searchParams.set('payment_intent_client_secret', secretOf(intentId))
  url.searchParams.set('redirect_status', redirectStatus(intent))
  return url.href
}

function redirectStatus(intent: Intent): string {
  const status = statusOf(intent)
  return status === 'succeeded' || status === 'processing' ? status : 'failed'
}
