import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { State } from '../../shared/states.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { canCancel } from './order.ts'
import { orderStory } from './order-answer.ts'
import { readStory } from './read-order.ts'
import { ofSale } from './sale-orders.ts'
import { noSuchOrder } from './show-order.ts'
import { type Entry, knownOrders, record } from './timeline.ts'

type Verdict = { kind: 'cancelled'; number: string } | { kind: 'too late'; state: State } | { kind: 'unknown' }
type Deps = { publish: Publish<Client>; read: Client; log: Logger }

/**
 * `POST /api/orders/:id/cancel`. Whether it comes in time is decided in the transaction that writes it, and all
 * writes of this service stand in one line: a cancel and a capture that race see each other, in some order.
 */
export function cancelOrder({ publish, read, log }: Deps): Endpoint {
  const cancel = groupCommit(publish, cancelAll)
  return {
    method: 'post',
    path: '/api/orders/:id/cancel',
    what: 'Cancel an order; what was paid is refunded',
    isOfOrder: true,
    answer: { status: 200, what: 'The order, cancelled', schema: orderStory },
    problems: [409],
    serve: async (req, res) => {
      const orderId = String(req.params.id)
      const verdict = await cancel(orderId)
      if (verdict.kind === 'unknown') throw noSuchOrder()
      if (verdict.kind === 'too late') throw tooLate(verdict.state)
      log.info({ subject: orderId, order: verdict.number }, 'order.cancelled')
      res.json(await readStory(read, orderId))
    },
  }
}

async function cancelAll(tx: Client, orderIds: string[], emit: Emit): Promise<Verdict[]> {
  const known = await knownOrders(tx, orderIds)
  const entries: Entry[] = []
  const verdicts = orderIds.map((orderId): Verdict => {
    const order = known.get(orderId)
    if (order === undefined) return { kind: 'unknown' }
    const { number, state, sale } = order
    if (!canCancel(state)) return { kind: 'too late', state }
    known.set(orderId, { ...order, state: 'cancelled' }) // for whoever asks twice in one group
    entries.push(cancelled(orderId))
    emit({ name: 'order.cancelled', subject: orderId, data: { number, wasPaid: state === 'paid', ...ofSale(sale) } })
    return { kind: 'cancelled', number }
  })
  await record(tx, entries)
  return verdicts
}

function cancelled(orderId: string): Entry {
  const nothing = { messageId: null, attempt: null, detail: null }
  return { orderId, event: 'order.cancelled', service: 'order', state: 'cancelled', at: Date.now(), ...nothing }
}

function tooLate(state: State): Problem {
  return new Problem(409, 'Conflict', `An order that is ${state} cannot be cancelled any more.`)
}
