import { declineReasonOf } from '../../shared/decline-reasons.ts'
import type { Emitted } from '../../shared/events.ts'
import type { Facts, Story } from './facts.ts'
import { HOSTED, type Intent, type Page } from './gateway.ts'
import type { Payment } from './payments.ts'
import { reconcileRefunds } from './reconcile-refunds.ts'

/** How a payment stands after it was compared with the gateway, and what is to be told of that. */
export type Reconciled = { story: Story; events: Emitted[] }

/**
 * Compares what we know of a payment with what the gateway says of it. Pure, and the same for whatever asked: the answer to
 * a charge, a webhook, a sweep, a cancel. A payment only ever moves on, so facts may come late, twice, and in any order.
 */
export function reconcile(story: Story, facts: Facts): Reconciled {
  const { payment } = story
  const turn = turnOf(payment, facts)
  const next = turn === null ? payment : after(payment, turn)
  const back = reconcileRefunds({ ...story, payment: next }, facts)
  return { story: back.story, events: [...eventsOf(next, turn, back.story.payment, facts), ...back.events] }
}

/** What has become of a payment; `same` but for what it is called at the gateway. */
type Turn =
  | { to: 'captured' | 'processing'; chargeId: string }
  | { to: 'challenged'; kind: 'confirm' | 'hosted'; url: string; chargeId: string | null; sessionId: string | null }
  | { to: 'declined'; reason: string; chargeId: string | null }
  | { to: 'same'; chargeId: null }

function turnOf(payment: Payment, facts: Facts): Turn | null {
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
  if (payment.state === 'declined')
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
const isOver = (payment: Payment) => isPaid(payment) || payment.state === 'cancelled'
const isUnderWay = ({ state }: Payment) => state === 'charging' || state === 'challenged' || state === 'processing'

/** What was called off is declined to nobody: nothing was paid, and that is all. Whoever called it off closes a challenge. */
function after(payment: Payment, turn: Turn): Payment {
  switch (turn.to) {
    case 'challenged':
      if (payment.calledOff !== null) return payment
      return { ...payment, state: 'challenged', chargeId: turn.chargeId, sessionId: turn.sessionId }
    case 'declined':
      if (payment.calledOff !== null) return { ...payment, state: 'cancelled', chargeId: turn.chargeId }
      return { ...payment, state: 'declined', chargeId: turn.chargeId, reason: turn.reason }
    case 'same':
      return { ...payment, chargeId: turn.chargeId }
    case 'captured':
    case 'processing':
      return { ...payment, state: turn.to, chargeId: turn.chargeId, reason: null }
  }
}

function eventsOf(payment: Payment, turn: Turn | null, final: Payment, { refunds, notRefunded }: Facts): Emitted[] {
  const { orderId: subject, number, totalCents, currency, tender, payBy, calledOff } = payment
  const money = { number, totalCents, currency }
  if (turn?.to === 'captured') {
    const { chargeId } = turn
    const captured: Emitted = { name: 'payment.captured', subject, data: { ...money, chargeId } }
    if (calledOff === null) return [captured]
    if (final.state === 'refunded') return [] // it was only seen to be given back
    return refunds === null && notRefunded === null ? [captured, restOf(payment, chargeId)] : [captured]
  }
  if (calledOff !== null) return []
  if (turn?.to === 'challenged')
    return [{ name: 'payment.challenged', subject, data: { number, tender, kind: turn.kind, url: turn.url } }]
  if (turn?.to === 'declined')
    return [
      {
        name: 'payment.declined',
        subject,
        data: { ...money, reason: declineReasonOf(turn.reason), tender, payBy },
      },
    ]
  return []
}

/** Money for what nobody wants any more has to go back. */
export const REST = 'payment.calledOff'

function restOf({ orderId, number }: Payment, chargeId: string): Emitted {
  return {
    name: 'gateway.told',
    subject: orderId,
    data: { number, told: `rest-${orderId}`, type: REST, object: chargeId },
  }
}
