import { cardOf } from './cards/deck.ts'
import type { Charge, Decline, Dispute, Entry, Refund } from './entry.ts'
import type { Intent } from './intent.ts'
import type { Ledger } from './ledger.ts'

/** Something that the gateway tells: an event's id and type, and the line of the ledger that it tells of. */
export type Told = { id: string; type: string; entry: Entry }

/**
 * What is told of the line at a place in the ledger, oldest first. It follows from the line and those before it, so that
 * no event is ever stored, and each has the same id after a restart.
 */
export function eventsOf(position: number, ledger: Ledger): Told[] {
  const entry = ledger.list()[position]
  if (!entry) return []
  return typesOf(entry, ledger.findIntent(entry.intentId ?? '')).map((type, index) => ({
    id: idOf(entry, position, index),
    type,
    entry,
  }))
}

/** The event with this id, or undefined where there is none. */
export function findEvent(id: string, ledger: Ledger): Told | undefined {
  const position = positionOf(id)
  return position === undefined ? undefined : eventsOf(position, ledger).find((told) => told.id === id)
}

/** The place in the ledger that an id speaks of. */
export function positionOf(id: string): number | undefined {
  const digits = /^evt_([0-9a-f]{8})[0-9a-f]{16}$/.exec(id)?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}

function idOf(entry: Entry, position: number, index: number): string {
  const subject = (entry.intentId ?? ('sessionId' in entry ? entry.sessionId : undefined) ?? '').slice(-15)
  return `evt_${position.toString(16).padStart(8, '0')}${index.toString(16)}${subject}`
}

function typesOf(entry: Entry, intent: Intent | undefined): string[] {
  const created = intent?.opened === entry ? ['payment_intent.created'] : []
  switch (entry.kind) {
    case 'open':
      return [...created, ...openTypes[entry.status]]
    case 'charge':
      return [
        ...created,
        'payment_intent.succeeded',
        'charge.succeeded',
        ...warned(entry.paymentMethod),
        ...late(entry, intent, 'succeeded'),
      ]
    case 'decline':
      return [
        ...created,
        'payment_intent.payment_failed',
        ...(entry.chargeId ? ['charge.failed'] : []),
        ...late(entry, intent, 'failed'),
      ]
    case 'cancel':
      return ['payment_intent.canceled']
    case 'refund':
      return refundTypes(entry)
    case 'dispute':
      return disputeTypes(entry)
    case 'session':
      return { open: [], complete: ['checkout.session.completed'], expired: ['checkout.session.expired'] }[entry.status]
  }
}

const openTypes = {
  requires_payment_method: [],
  requires_confirmation: [],
  requires_action: ['payment_intent.requires_action'],
  processing: ['payment_intent.processing', 'charge.pending'],
}

function warned(paymentMethod: string): string[] {
  return cardOf(paymentMethod)?.isWarnedOf ? ['radar.early_fraud_warning.created'] : []
}

/** A hosted page was done while its payment was being processed: how that ended is told of the page, too. */
function late(entry: Charge | Decline, intent: Intent | undefined, how: string): string[] {
  if (entry.sessionId === undefined || !intent) return []
  const before = intent.lines[intent.lines.indexOf(entry) - 1]
  return before?.kind === 'open' && before.status === 'processing' ? [`checkout.session.async_payment_${how}`] : []
}

function refundTypes({ status, madeAt }: Refund): string[] {
  if (madeAt === undefined) return ['refund.created', 'charge.refunded']
  const updated = ['refund.updated', 'charge.refund.updated']
  return status === 'failed' ? ['refund.failed', ...updated] : updated
}

function disputeTypes({ status, madeAt }: Dispute): string[] {
  switch (status) {
    case 'warning_needs_response':
      return ['charge.dispute.created']
    case 'needs_response':
      return [
        madeAt === undefined ? 'charge.dispute.created' : 'charge.dispute.updated',
        'charge.dispute.funds_withdrawn',
      ]
    case 'under_review':
    case 'warning_under_review':
      return ['charge.dispute.updated']
    case 'won':
      return ['charge.dispute.closed', 'charge.dispute.funds_reinstated']
    case 'lost':
    case 'warning_closed':
      return ['charge.dispute.closed']
  }
}
