import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { asAdmin, askOnce, askUntilAnswered, isBusy } from './ask.ts'
import type { Deps } from './customers.ts'
import { followSale } from './follow-sale.ts'
import { joinCrowd } from './join-crowd.ts'
import type { Plan } from './plan.ts'
import { seededRandom } from './random.ts'
import { complain } from './receipts.ts'
import { type HeldSale, type SaleReceipts, saleReceipts, type Ticket } from './sale-receipts.ts'
import { type SaleWish, type Shares, smallSales, turns } from './sale-wishes.ts'
import type { Shop } from './shop.ts'
import type { Stage } from './take-turn.ts'

/** Where a run holds sales: these at its begin, and smaller ones one after another, so many at a time. */
export type SalePlan = { first: SaleWish[]; beside: number; shares?: Shares }

export type Sales = { told: SaleReceipts; done: Promise<void> }

const SKU = 'MUG-001' // of which there are more than enough
const ENDED_AFTER_MS = 6_000 // where the admin ends a sale

/** Holds the sales of a run; smaller ones begin as long as the run lasts. Resolves when all of them are over. */
export function holdSales(plan: Plan, { first, beside, shares }: SalePlan, shop: Shop, deps: Deps): Sales {
  const told = saleReceipts(plan.dataDir)
  const random = seededRandom(plan.seed ^ 0xb0e5)
  const end = (sale: string) => endSale(sale, shop, deps)
  const stage: Stage = { ...deps, shop, random, told, turns: turns(plan.seed, shares), end }
  const wishes = smallSales(plan.seed)
  const untilMs = Date.now() + plan.durationMs
  const series = async () => {
    while (Date.now() < untilMs && !deps.signal.aborted) await hold(wishes.next().value, stage)
  }
  const all = [...first.map((wish) => hold(wish, stage)), ...Array.from({ length: beside }, series)]
  return { told, done: Promise.all(all).then(told.close) }
}

async function hold(wish: SaleWish, stage: Stage): Promise<void> {
  const id = await announce(wish, stage)
  if (id === null) return
  const sale: HeldSale = { id, wish, isOver: false, why: null }
  stage.told.sales.push(sale)
  const tickets = new Map<string, Ticket>()
  let isWhole = false
  const { shop } = stage
  const door = { ...stage, urls: () => [shop.url('order'), shop.url('sale')] }
  const joining = joinCrowd(sale, door, (ticket) => tickets.set(ticket.ticket, ticket)).then(() => {
    isWhole = true
  })
  const ending = wish.outcome === 'ended' ? delay(ENDED_AFTER_MS).then(() => stage.end(id)) : undefined
  await Promise.all([joining, ending, followSale(sale, { tickets, isWhole: () => isWhole }, stage)])
}

const announced = z.object({ id: z.string() })
let count = 0

/** Null where a clock was ahead of its end: then it is held without it. */
async function announce(wish: SaleWish, { shop, signal, receipts, told }: Stage): Promise<string | null> {
  const now = Date.now()
  const { kind, order, units, payWithinMs, endsInMs, drawsInMs } = wish
  const times = { endsAt: now + endsInMs, ...(drawsInMs !== null && { drawsAt: now + drawsInMs }), payWithinMs }
  const headers = asAdmin(`sale-${++count}`)
  const body = { kind, order, sku: SKU, units, priceCents: 900, ...times }
  const ask = () => askOnce(`${shop.url('order')}/api/admin/sales`, body, headers)
  const answer = await askUntilAnswered(ask, signal, isBusy, () => receipts.retried++)
  if (answer?.status === 201) return announced.parse(JSON.parse(answer.text)).id
  if (answer?.status === 422) told.unannounced++
  else if (answer !== null) complain(receipts, `a sale was answered with ${answer.status}: ${answer.text}`)
  return null
}

async function endSale(id: string, shop: Shop, { signal, receipts }: Deps): Promise<void> {
  const headers = asAdmin(`end-${id}`)
  const ask = () => askOnce(`${shop.url('order')}/api/admin/sales/${id}/end`, {}, headers)
  const answer = await askUntilAnswered(ask, signal, isBusy, () => receipts.retried++)
  if (answer !== null && answer.status !== 200)
    complain(receipts, `an end of ${id} was answered with ${answer.status}: ${answer.text}`)
}
