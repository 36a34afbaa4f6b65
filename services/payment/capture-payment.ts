import { declineReasonOf } from '../../shared/decline-reasons.ts'
import type { Emit, Handler } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Client } from './db.ts'
import type { ChargeOutcome, Gateway } from './gateway.ts'
import { insertOrRead, type Payment, paymentsOf, updatePayments } from './payments.ts'

/** What the gateway said, or null where it was not asked: the order was cancelled, or is settled already. */
type Found = ChargeOutcome | null

/**
 * On `stock.reserved`: charges the order and emits `payment.captured` or `payment.declined`. That it is about
 * to charge is on disk before the gateway is asked, so a cancel that comes in between knows to refund.
 */
export function capturePayment(
  publish: Publish<Client>,
  gateway: Gateway,
  log: Logger,
): Handler<'stock.reserved', Client, Found> {
  const beginCharge = groupCommit(publish, insertOrRead, 'beside')
  return {
    says: 'charge.skipped',
    async prepare({ subject: orderId, data: reserved }, outside) {
      const { paymentMethod } = reserved
      if (paymentMethod === null) return null
      const data = { ...reserved, paymentMethod }
      const payment = await beginCharge({ orderId, ...data, state: 'charging' })
      if (payment.state !== 'charging') return null
      const outcome = await outside(() => gateway.charge({ orderId, ...data }))
      if (!outcome.ok) log.info({ subject: orderId, order: data.number, code: outcome.reason }, 'charge.declined') // for the admin only
      return outcome
    },
    async apply(tx, batch, emit) {
      const payments = await paymentsOf(
        tx,
        batch.map(({ message }) => message.subject),
      )
      const answered = batch.flatMap(({ message, found }) => {
        const payment = payments.get(message.subject)
        return payment?.state === 'charging' && found !== null ? [settle(payment, found, emit)] : []
      })
      await updatePayments(tx, answered)
    },
  }
}

function settle(payment: Payment, outcome: ChargeOutcome, emit: Emit): Payment {
  const { orderId, number, totalCents, currency } = payment
  if (outcome.ok) {
    const { chargeId } = outcome
    emit({ name: 'payment.captured', subject: orderId, data: { number, totalCents, currency, chargeId } })
    return { ...payment, state: 'captured', chargeId }
  }
  const { reason: code } = outcome
  emit({
    name: 'payment.declined',
    subject: orderId,
    data: { number, totalCents, currency, reason: declineReasonOf(code) },
  })
  return { ...payment, state: 'declined', reason: code }
}
