import type { Handler } from '../../shared/handler.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { attend, giveBack } from './attend.ts'
import type { Client } from './db.ts'
import { factsAbout } from './facts.ts'
import type { Gateway } from './gateway.ts'
import { callOff } from './payments.ts'
import { type Found, settle } from './stories.ts'

type Closed = 'order.cancelled' | 'order.expired'

/**
 * On `order.cancelled` and `order.expired`: an order that was never charged gets a tombstone and never will be; what is open
 * at the gateway is ended there; what has been paid is refunded, and `payment.refunded` emitted. Where the gateway was asked
 * and its answer is not known yet, it is asked again under the same key, which tells what happened to the first.
 */
export function callOffPayment(publish: Publish<Client>, gateway: Gateway): Handler<Closed, Client, Found> {
  const note = groupCommit(publish, callOff, 'beside')
  return {
    says: 'payment.closed',
    async prepare({ name, subject: orderId, data: { number } }, outside) {
      const payment = await note({ orderId, number, calledOff: name === 'order.expired' ? 'expired' : 'cancelled' })
      const asking = { gateway, outside }
      const { chargeId } = payment
      const facts =
        payment.state === 'captured' && chargeId !== null
          ? factsAbout(payment, await giveBack(payment, chargeId, asking))
          : await attend(payment, NO_HINT, asking)
      // crash point: gateway closed
      return facts === null ? null : { orderId, facts }
    },
    apply: (tx, batch, emit) =>
      settle(
        tx,
        batch.map(({ found }) => found),
        emit,
      ),
  }
}

const NO_HINT = { intentId: null, isAboutMoneyBack: false, isOver: false }
