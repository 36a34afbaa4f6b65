import type { EventData, Message } from '../../shared/events.ts'
import type { Emit, Handler, Handlers } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { type News, senderOf } from '../../shared/senders.ts'
import type { State } from '../../shared/states.ts'
import type { Client } from './db.ts'
import { isBought, type Result, type Standing, stateAfter } from './order.ts'
import { countRefunds } from './refunds.ts'
import { type Entry, type Known, knownOrders, record } from './timeline.ts'

type Hearing = Pick<Handlers<'order', Client>, Result>

/**
 * On whatever the other services tell about an order: writes it into the order's timeline and moves the order
 * on. A result that comes too late to change anything is part of the story all the same. That an order of a sale is paid is told
 * to the sale by `order.paidInSale`, once. `onDeclined` hears of cards.
 */
export function hearResults(log: Logger, onDeclined: (orderId: string) => void = () => {}): Hearing {
  const hear: Handler<Result, Client, unknown> = {
    async apply(tx, batch, emit) {
      const results = batch.map(({ message }) => message)
      const known = await knownOrders(
        tx,
        results.map(({ subject }) => subject),
      )
      for (const { subject: orderId, name: event, id: messageId } of results)
        if (!known.has(orderId)) log.warn({ subject: orderId, event, messageId }, 'order.unknown')
      const before = new Map([...known].map(([id, { state }]) => [id, state]))
      const entries = decide(results, known)
      await record(tx, entries)
      tellSales(before, known, emit)
      await countRefunds(tx, results.flatMap(refundedIn))
      for (const { name, subject } of results) if (name === 'payment.declined') onDeclined(subject)
    },
  }
  // A result may come too late to change the order, so these say what was heard and not what the order is now.
  const noting = (says: string) => ({ ...hear, says })
  return {
    'stock.reserved': noting('reservation.noted'),
    'stock.rejected': noting('rejection.noted'),
    'stock.released': noting('release.noted'),
    'payment.captured': noting('capture.noted'),
    'payment.declined': noting('decline.noted'),
    'payment.challenged': noting('challenge.noted'),
    'payment.disputed': noting('dispute.noted'),
    'payment.refunded': noting('refund.noted'),
    'payment.refundRefused': noting('refusal.noted'),
    'message.buried': noting('burial.noted'),
    'message.replayed': noting('replay.noted'),
    'message.discarded': noting('discard.noted'),
  }
}

/** One entry per result in order of arrival, each on top of the one before; `orders` move on with them. */
export function decide(results: Message<Result>[], orders: Map<string, Standing>): Entry[] {
  return results.flatMap((result) => {
    const order = orders.get(result.subject)
    if (order === undefined) return []
    order.state = stateAfter(order, result)
    return [entryOf(result, order.state)]
  })
}

/** An order is bought once at most, so it does not matter what else this batch has made of it. */
function tellSales(before: Map<string, State>, known: Map<string, Known>, emit: Emit): void {
  for (const [subject, { number, state, sale }] of known)
    if (sale !== null && isBought(before.get(subject) ?? state, state))
      emit({ name: 'order.paidInSale', subject, data: { number, sale } })
}

function refundedIn({ name, subject }: Message<Result>): string[] {
  return name === 'payment.refunded' || name === 'payment.refundRefused' ? [subject] : []
}

function entryOf(result: Message<Result>, state: State): Entry {
  const { id: messageId, subject: orderId, name: event, at, attempt } = result
  return { orderId, event, service: tellerOf(result), state, at, messageId, attempt, detail: detailOf(result) }
}

function tellerOf(result: Message<Result>): string {
  switch (result.name) {
    case 'message.buried':
    case 'message.replayed':
    case 'message.discarded':
      return result.data.by
    default:
      return senderOf(result.name)
  }
}

function detailOf(result: Message<Result>): object | null {
  switch (result.name) {
    case 'stock.reserved':
    case 'stock.released':
      return null
    case 'stock.rejected':
      return { missing: result.data.missing }
    case 'payment.captured':
      return { chargeId: result.data.chargeId }
    case 'payment.declined':
      return { reason: result.data.reason, tender: result.data.tender }
    case 'payment.challenged':
    case 'payment.disputed':
    case 'payment.refundRefused':
      return detailsIn(result.data)
    case 'payment.refunded':
      return refundIn(result.data)
    case 'message.buried':
    case 'message.replayed':
    case 'message.discarded':
      return aboutLetter(result.data)
  }
}

function detailsIn({ number, ...details }: { number: string }): object {
  return details
}

function refundIn({ refundId, totalCents: cents, leftCents, asked }: EventData<'payment.refunded'>): object {
  return { refundId, cents, leftCents, asked }
}

/** Who gave it up, or sends it again, stands in the entry itself; the auditor finds the letter by its id. */
function aboutLetter({ by, number, ...about }: EventData<News>): object {
  return about
}
