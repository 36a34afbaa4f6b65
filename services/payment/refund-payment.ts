import type { Handler, Outside } from '../../shared/handler.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Client } from './db.ts'
import type { Gateway } from './gateway.ts'
import { insertOrRead, type Payment, paymentsOf, updatePayments } from './payments.ts'

/** The money that went back, or null where none had moved. */
type Found = { chargeId: string; refundId: string } | null

/**
 * On `order.cancelled`: an order that was never charged gets a tombstone and never will be; one that was is
 * refunded, and `payment.refunded` emitted. Where a charge was begun and its answer is not known yet, the
 * gateway is asked again under the same key, which tells what happened to the first.
 */
export function refundPayment(publish: Publish<Client>, gateway: Gateway): Handler<'order.cancelled', Client, Found> {
  const bar = groupCommit(publish, insertOrRead, 'beside')
  return {
    says: 'nothing.to.refund',
    async prepare({ subject: orderId, data }, outside) {
      const payment = await bar({ ...TOMBSTONE, orderId, number: data.number })
      const chargeId = await chargeOf(payment, gateway, outside)
      return chargeId === null ? null : { chargeId, ...(await outside(() => gateway.refund(orderId, chargeId))) }
    },
    async apply(tx, batch, emit) {
      const refunds = new Map(batch.map(({ message, found }) => [message.subject, found]))
      const payments = await paymentsOf(tx, [...refunds.keys()])
      const refunded = [...payments.values()].flatMap((payment) => {
        const found = refunds.get(payment.orderId)
        return found && payment.state !== 'refunded' ? [{ ...payment, ...found, state: 'refunded' as const }] : []
      })
      for (const { orderId, number, totalCents, currency, refundId } of refunded)
        emit({ name: 'payment.refunded', subject: orderId, data: { number, totalCents, currency, refundId } })
      await updatePayments(tx, refunded)
    },
  }
}

const TOMBSTONE = { state: 'cancelled', totalCents: 0, currency: 'EUR', paymentMethod: '' } as const

async function chargeOf(payment: Payment, gateway: Gateway, outside: Outside): Promise<string | null> {
  if (payment.state === 'captured' || payment.state === 'refunded') return payment.chargeId
  if (payment.state !== 'charging') return null
  const outcome = await outside(() => gateway.charge(payment))
  return outcome.ok ? outcome.chargeId : null
}
