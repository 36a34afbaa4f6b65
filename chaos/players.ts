import type { Books } from './books.ts'
import { type Customers, sendCustomers } from './customers.ts'
import { holdLive, type Live } from './hold-live.ts'
import { holdSales, type Sales } from './hold-sales.ts'
import { awaitReaders } from './judge-live.ts'
import { type Errand, errands } from './order-mix.ts'
import { peopleOf } from './people.ts'
import type { Plan } from './plan.ts'
import type { Shop } from './shop.ts'

/** The customers of a run, each at their time. */
export function customersOf(plan: Plan, shop: Pick<Shop, 'url' | 'dataDir'>, signal: AbortSignal): Customers {
  const everyMs = plan.durationMs / plan.orders
  return sendCustomers(errandsOf(plan), { ...peopleOf(plan, shop, signal), everyMs })
}

/** The sales of a run, if any. */
export function salesOf(plan: Plan, shop: Shop, signal: AbortSignal, { receipts }: Customers): Sales | undefined {
  return plan.sale && holdSales(plan, plan.sale, shop, { ...peopleOf(plan, shop, signal), receipts })
}

/** Who watches what is live, if anybody: until the run is over, however long that takes. */
export function liveOf(
  plan: Plan,
  shop: Pick<Shop, 'url' | 'dataDir'>,
  signal: AbortSignal,
  { receipts }: Pick<Customers, 'receipts'>,
): Live | undefined {
  return plan.live && holdLive(plan, plan.live, shop, { ...peopleOf(plan, shop, signal), receipts }, signal)
}

/** Who watches goes on until nobody misses anything any more, or it takes too long. */
export async function readersOf(
  { told: receipts, stop }: Live,
  { settleLimitMs }: Plan,
  books: Books,
  signal: AbortSignal,
) {
  const told = await awaitReaders(receipts, books, settleLimitMs, signal)
  await stop()
  return { receipts, told }
}

function* errandsOf({ seed, orders, signUpShare, cancelShare, isEnough, dataDir }: Plan): Generator<Errand, void> {
  for (const errand of errands(seed, orders, signUpShare, cancelShare)) {
    if (isEnough?.(dataDir)) return
    yield errand
  }
}
