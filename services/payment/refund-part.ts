import { type EventData, Unfixable } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import { type Facts, factsAbout, refundedCents } from './facts.ts'
import type { Gateway, Refund } from './gateway.ts'
import type { Asking } from './offer-tender.ts'
import { type Payment, paymentsOf } from './payments.ts'
import { type Found, settle } from './stories.ts'

type Asked = EventData<'order.refundAsked'>

/** On `order.refundAsked`: gives back a part of what was paid; `payment.refunded` or `payment.refundRefused` answers it. */
export function refundPart(read: Client, gateway: Gateway): Handler<'order.refundAsked', Client, Found> {
  return {
    async prepare({ subject: orderId, data }, outside) {
      const payment = (await paymentsOf(read, [orderId])).get(orderId)
      if (payment === undefined) throw new Unfixable(`order ${data.number} has no payment`)
      const facts = await askFor(payment, data, { gateway, outside })
      // crash point: gateway refunded
      return { orderId, facts }
    },
    apply: (tx, batch, emit) =>
      settle(
        tx,
        batch.map(({ found }) => found),
        emit,
      ),
  }
}

async function askFor(payment: Payment, { asked, cents }: Asked, { gateway, outside }: Asking): Promise<Facts> {
  const { orderId, totalCents, chargeId } = payment
  const refuse = (reason: string, refunds: Refund[] | null) =>
    factsAbout(payment, { refunds, notRefunded: { asked, cents, reason } })
  if (payment.state !== 'captured' || chargeId === null) return refuse(`the payment is ${payment.state}`, null)
  const refunds = await outside(() => gateway.refunds(chargeId))
  if (refunds.some((refund) => refund.asked === asked)) return factsAbout(payment, { refunds }) // its answer was lost
  const leftCents = totalCents - refundedCents(refunds)
  if (cents > leftCents) return refuse(`only ${leftCents} cents are left of it`, refunds)
  const key = `refund-${asked}`
  const done = await outside(() => gateway.refund({ orderId, chargeId, cents, asked, key }))
  return done.ok ? factsAbout(payment, { refunds: [...refunds, done.refund] }) : refuse(done.reason, refunds)
}
