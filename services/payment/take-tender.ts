import type { Message } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Client } from './db.ts'
import type { Gateway } from './gateway.ts'
import { offerTender } from './offer-tender.ts'
import { beginTenders, type Tendered } from './payments.ts'
import { type Found, settle } from './stories.ts'

type Heard = 'stock.reserved' | 'order.tendered'

/**
 * On `stock.reserved` and `order.tendered`: offers the means of payment to the gateway, and emits `payment.captured`,
 * `payment.declined` or `payment.challenged`. That it is about to be offered is on disk before the gateway is asked, so a
 * cancel that comes in between knows to refund.
 */
export function takeTender(publish: Publish<Client>, gateway: Gateway, log: Logger): Handler<Heard, Client, Found> {
  const begin = groupCommit(publish, beginTenders, 'beside')
  return {
    says: 'tender.noted',
    async prepare(message, outside) {
      const tender = tenderIn(message)
      if (tender === null) return null
      const payment = await begin(tender)
      if (payment.state !== 'charging' || payment.tender !== tender.tender || payment.calledOff !== null) return null
      const facts = await offerTender(payment, { gateway, outside })
      // crash point: gateway answered
      const code = facts.refusal ?? facts.intent?.reason
      if (code) log.info({ subject: payment.orderId, order: payment.number, code }, 'charge.declined') // for the admin only
      return { orderId: payment.orderId, facts }
    },
    apply: (tx, batch, emit) =>
      settle(
        tx,
        batch.map(({ found }) => found),
        emit,
      ),
  }
}

/** The first means may come with the order; without one its customer pays later, and that is told when it is tendered. */
function tenderIn({ subject: orderId, data }: Message<Heard>): Tendered | null {
  const { number, totalCents, currency, paymentMethod, payBy } = data
  if (paymentMethod === null) return null
  return { orderId, number, totalCents, currency, paymentMethod, payBy, tender: 'tender' in data ? data.tender : 1 }
}
