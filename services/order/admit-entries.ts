import type { Message } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import { emitPlaced, insertUntold } from './book-orders.ts'
import { calledOff, emitCalledOff } from './call-off-groups.ts'
import type { Client } from './db.ts'
import type { Draft } from './draft.ts'
import { deletedAmong } from './owners.ts'
import type { PriceList } from './price-list.ts'
import { failedAmong } from './sale-orders.ts'
import { type Entry, knownOrders, record } from './timeline.ts'

type Admitted = Message<'entry.admitted'>

/**
 * On `entry.admitted`: makes the order of whoever's turn it is, under the id of the entry and at the price of the sale, and emits
 * `order.placed`; its customer pays it later. An entry that is told again has its order. That of a group which has failed
 * meanwhile is cancelled in the same breath: nobody hears of the order, and inventory gives its unit back.
 */
export function admitEntries(prices: PriceList): Handler<'entry.admitted', Client> {
  return {
    says: 'entry.known',
    async apply(tx, batch, emit) {
      const now = Date.now()
      const entries = await freshAmong(
        tx,
        batch.map(({ message }) => message),
      )
      const failed = await failedAmong(tx, [...new Set(entries.map(({ data }) => data.sale))])
      const gone = new Set(
        await deletedAmong(
          tx,
          entries.flatMap(({ data }) => data.account ?? []),
        ),
      )
      const drafts = entries.map((entry) => draftOf(entry, prices, gone, now))
      const orders = await insertUntold(tx, drafts, now)
      const isLate = ({ data }: Admitted) => failed.has(data.sale)
      await record(
        tx,
        entries.flatMap((entry) => storyOf(entry, isLate(entry), now)),
      )
      for (const [i, entry] of entries.entries()) {
        const order = orders[i]
        if (order === undefined) continue
        if (isLate(entry)) emitCalledOff(order.id, { ...order, state: 'placed' }, 'groupHadFailed', emit)
        else emitPlaced(order, entry.traceparent, emit)
      }
    },
  }
}

/** Each entry that has no order yet, once. */
async function freshAmong(tx: Client, entries: Admitted[]): Promise<Admitted[]> {
  const byId = new Map(entries.map((entry) => [entry.subject, entry]))
  const known = await knownOrders(tx, [...byId.keys()])
  return [...byId.values()].filter(({ subject }) => !known.has(subject))
}

/** One unit. Who has deleted the account that it was for is not remembered by an order that comes late. */
function draftOf(entry: Admitted, prices: PriceList, gone: ReadonlySet<string>, now: number): Draft {
  const { sale, sku, unitPriceCents, currency, customer, language, account = null, payWithinMs } = entry.data
  const line = { sku, name: prices.get(sku)?.name ?? sku, quantity: 1, unitPriceCents }
  const isGone = account !== null && gone.has(account)
  return {
    id: entry.subject,
    ...{ account, language, customer: isGone ? { name: '', email: '' } : customer },
    ...{ paymentMethod: null, payBy: now + payWithinMs },
    ...{ lines: [line], totalCents: unitPriceCents, currency, sale },
  }
}

/** Where the order comes from, and what became of it at once. `now` in ms. */
function storyOf(
  { id: messageId, subject: orderId, at, attempt, data }: Admitted,
  isLate: boolean,
  now: number,
): Entry[] {
  const head = { orderId, state: 'placed' as const }
  const nothing = { messageId: null, attempt: null, detail: null }
  const admitted = { ...head, event: 'entry.admitted', service: 'sale', at, messageId, attempt }
  return [
    { ...admitted, detail: { sale: data.sale } },
    isLate
      ? calledOff(orderId, 'groupHadFailed', now)
      : { ...head, event: 'order.placed', service: 'order', at: now, ...nothing },
  ]
}
