import type { Open } from '../entry.ts'
import { type Intent, statusOf } from '../intent.ts'
import type { Ledger } from '../ledger.ts'
import { secretOf } from '../objects/intent-object.ts'
import { successUrl } from './pay-page.ts'

/** Where the holder of a card goes from a challenge that he has answered; undefined where nobody said so. */
export function backFrom({ returnUrl }: Open, intent: Intent, ledger: Ledger): string | undefined {
  const { intentId, sessionId } = intent.opened
  const session = ledger.findSession(sessionId ?? '')
  if (session?.newest.status === 'complete') return successUrl(session)
  if (returnUrl === undefined || session) return returnUrl
  const url = new URL(returnUrl)
  url.searchParams.set('payment_intent', intentId)
  url.searchParams.set('payment_intent_client_secret', secretOf(intentId))
  url.searchParams.set('redirect_status', redirectStatus(intent))
  url.searchParams.set('source_type', 'card')
  return url.href
}

function redirectStatus(intent: Intent): string {
  const status = statusOf(intent)
  return status === 'succeeded' || status === 'processing' ? status : 'failed'
}
