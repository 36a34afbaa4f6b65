import type { Emit } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import type { Facts, Story } from './facts.ts'
import { paymentsOf, updatePayments } from './payments.ts'
import { reconcile } from './reconcile.ts'
import { disputesOf, refundsOf, saveDisputes, saveRefunds } from './refunds.ts'

/** What was found out about an order's payment; null where nothing was asked. */
export type Found = { orderId: string; facts: Facts } | null

/** Compares payments with what was found out about them, writes what has become of them, and emits what is to be told. */
export async function settle(tx: Client, found: Found[], emit: Emit): Promise<void> {
  const all = found.flatMap((one) => one ?? [])
  if (all.length === 0) return
  const before = await storiesOf(tx, all)
  const after = new Map(before)
  for (const { orderId, facts } of all) {
    const story = after.get(orderId)
    if (story === undefined) throw new Error(`the payment of ${orderId} was begun, and is not there`)
    const { story: next, events } = reconcile(story, facts)
    after.set(orderId, next)
    for (const event of events) emit(event)
  }
  await save(tx, before, after)
}

/** Refunds and disputes are read only where there is something to compare them with: a card that just works has none. */
async function storiesOf(tx: Client, all: { orderId: string; facts: Facts }[]): Promise<Map<string, Story>> {
  const payments = await paymentsOf(tx, idsOf(all))
  const withBooks = idsOf(all.filter(({ facts }) => facts.refunds !== null || facts.disputes !== null))
  const [refunds, disputes] =
    withBooks.length === 0 ? NONE : [await refundsOf(tx, withBooks), await disputesOf(tx, withBooks)]
  return new Map(
    [...payments].map(([id, payment]) => [
      id,
      { payment, refunds: refunds.get(id) ?? [], disputes: disputes.get(id) ?? [] },
    ]),
  )
}

const NONE = [new Map<string, never[]>(), new Map<string, never[]>()] as const

const idsOf = (all: { orderId: string }[]) => [...new Set(all.map(({ orderId }) => orderId))]

async function save(tx: Client, before: Map<string, Story>, after: Map<string, Story>): Promise<void> {
  const changed = [...after].flatMap(([id, now]) => {
    const was = before.get(id)
    return was === undefined || was === now ? [] : [{ was, now }]
  })
  const payments = changed.filter(({ was, now }) => was.payment !== now.payment).map(({ now }) => now.payment)
  if (payments.length > 0) await updatePayments(tx, payments)
  await saveRefunds(
    tx,
    changed.flatMap(({ was, now }) => fresh(was.refunds, now.refunds, now.payment.orderId)),
  )
  await saveDisputes(
    tx,
    changed.flatMap(({ was, now }) => fresh(was.disputes, now.disputes, now.payment.orderId)),
  )
}

function fresh<T>(before: T[], after: T[], orderId: string): (T & { orderId: string })[] {
  return after.filter((one) => !before.includes(one)).map((one) => ({ ...one, orderId }))
}
