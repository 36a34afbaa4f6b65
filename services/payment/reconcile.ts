import { declineReasonOf } from '../../shared/decline-reasons.ts'
import type { Emitted, EventData } from '../../shared/events.ts'
import type { Facts, Story } from './facts.ts'
import type { Payment } from './payments.ts'
import { reconcileRefunds } from './reconcile-refunds.ts'
import { type Turn, turnOf } from './turn.ts'

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
  if (turn?.to === 'processing') return [lookOf(payment, turn.chargeId)]
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
  return toSelf(orderId, { number, told: `rest-${orderId}`, type: REST, object: chargeId })
}

/** What the gateway told before we knew that it has to process it was no news then: it is looked at once more. */
function lookOf({ orderId, number, tender }: Payment, chargeId: string): Emitted {
  return toSelf(orderId, { number, told: `look-${orderId}-${tender}`, type: 'payment.processing', object: chargeId })
}

function toSelf(subject: string, data: EventData<'gateway.told'>): Emitted {
  return { name: 'gateway.told', subject, data }
}
