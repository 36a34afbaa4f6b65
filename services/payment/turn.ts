import type { Facts } from './facts.ts'
import { HOSTED, type Intent, type Page } from './gateway.ts'
import type { Payment } from './payments.ts'

/** What has become of a payment; `same` but for what it is called at the gateway. */
export type Turn =
  | { to: 'captured' | 'processing'; chargeId: string }
  | { to: 'challenged'; kind: 'confirm' | 'hosted'; url: string; chargeId: string | null; sessionId: string | null }
  | { to: 'declined'; reason: string; chargeId: string | null }
  | { to: 'same'; chargeId: null }

/**
 * Decides what has become of a payment by what the gateway says of it; null where that is nothing new. Money decides, whenever
 * it is seen; anything else only of the tender that was asked about, and only onwards. Pure.
 */
export function turnOf(payment: Payment, facts: Facts): Turn | null {
  const { intent, page, refusal, since } = facts
  const paid = [intent, page?.intent].find((one) => one?.status === 'captured')
  if (paid) return isPaid(payment) ? null : { to: 'captured', chargeId: paid.id }
  if (since.tender !== payment.tender || isOver(payment)) return null
  if (refusal !== null) return isUnderWay(payment) ? declined(refusal, keptBy(payment)) : null
  if (page !== null) return byPage(payment, page, facts)
  return intent === null ? null : byIntent(payment, intent, facts)
}

function byPage(payment: Payment, page: Page, facts: Facts): Turn | null {
  switch (page.status) {
    case 'open':
      return payment.state === 'charging' ? challenged('hosted', page.url, null, page.id) : null
    case 'expired':
      return isUnderWay(payment) ? declined('not_confirmed', null) : null
    case 'complete':
      return page.intent === null ? null : byIntent(payment, page.intent, facts)
  }
}

function byIntent(payment: Payment, intent: Intent, facts: Facts): Turn | null {
  const { state } = payment
  switch (intent.status) {
    case 'captured':
      return null // see turnOf
    case 'processing':
      return state === 'charging' || state === 'challenged' ? { to: 'processing', chargeId: intent.id } : null
    case 'challenged':
      return state === 'charging' ? challenged('confirm', intent.url, intent.id, null) : null
    case 'open':
    case 'canceled':
      return isDecided(payment, intent, facts) ? ended(payment, intent) : null
  }
}

/**
 * Seen while another means was on its way, it is still the last one's, and only the answer to that one decides. What has
 * become of an earlier payment of the order means nothing.
 */
function isDecided({ chargeId, sessionId }: Payment, { id, status }: Intent, { isAnswer, since }: Facts): boolean {
  if (isAnswer) return true
  return since.state !== 'charging' && (status === 'open' || sessionId !== null || chargeId === id)
}

/** One that is canceled takes no other means: the next tender makes a payment of its own. */
function ended(payment: Payment, { id, status, reason }: Intent): Turn | null {
  const isCanceled = status === 'canceled'
  if (payment.state === 'declined' || payment.state === 'cancelled')
    return isCanceled && payment.chargeId !== null ? { to: 'same', chargeId: null } : null
  if (isCanceled && payment.state === 'challenged') return declined('not_confirmed', null)
  return declined(reason ?? 'processing_error', isCanceled ? null : id)
}

function challenged(
  kind: 'confirm' | 'hosted',
  url: string | null,
  chargeId: string | null,
  sessionId: string | null,
): Turn | null {
  return url === null ? null : { to: 'challenged', kind, url, chargeId, sessionId }
}

/** A page is opened only when the payment before it is canceled. */
const keptBy = ({ paymentMethod, chargeId }: Payment) => (paymentMethod === HOSTED ? null : chargeId)

const declined = (reason: string, chargeId: string | null): Turn => ({ to: 'declined', reason, chargeId })

const isPaid = ({ state }: Payment) => state === 'captured' || state === 'refunded'
/** A card may have been refused when it was called off already: then there is a payment yet to be ended. */
const isOver = (payment: Payment) => isPaid(payment) || (payment.state === 'cancelled' && payment.chargeId === null)
const isUnderWay = ({ state }: Payment) => state === 'charging' || state === 'challenged' || state === 'processing'
