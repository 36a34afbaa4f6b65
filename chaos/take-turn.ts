import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type Answer, look } from './ask.ts'
import { cancel, type Deps } from './customers.ts'
import type { Random } from './random.ts'
import type { SaleReceipts, Ticket } from './sale-receipts.ts'
import type { Turn } from './sale-wishes.ts'
import { isHeldTooLong, settleUp } from './settle-up.ts'
import type { Shop } from './shop.ts'

const THINKS_MS = 1_500 // at most, before a card is offered

/** Where buyers are, and what they do when it is their turn. */
export type Stage = Deps & {
  shop: Shop
  random: Random
  told: SaleReceipts
  turns: Iterator<Turn, never>
  /** The admin ends a sale. */
  end(sale: string): Promise<void>
}

/** Pays the order that a ticket has become, or does not, or calls it off. Resolves when all is done that the buyer has a mind to. */
export async function takeTurn({ ticket, key }: Ticket, stage: Stage): Promise<void> {
  const { methods, cancelAfterMs, isOffAtOnce } = stage.turns.next().value
  stage.told.turns++
  const order = { status: 202, id: ticket, orderKey: key, cookie: '', text: '' }
  if (isOffAtOnce) return callOff(order, stage)
  const offers = methods.map((method) => ({ method, afterMs: stage.random.between(0, THINKS_MS) }))
  const isPaid = await settleUp(order, { offers, mood: 'agrees', key: null }, stage)
  if (isPaid) await cancel(order, cancelAfterMs, stage)
  else if (await isKeptFromOthers(order, stage)) await cancel(order, 0, stage)
}

/** As soon as there is an order: inventory may hear of its end before it hears of it. */
async function callOff(order: Answer, stage: Stage): Promise<void> {
  const known = () =>
    look(`${stage.url()}/api/orders/${order.id}`, { 'order-key': order.orderKey }, z.object({ state: z.string() }))
  while (!stage.signal.aborted && (await known()) === null) await delay(LOOK_EVERY_MS)
  await cancel(order, 0, stage)
}

const LOOK_EVERY_MS = 50
const waiting = z.object({ state: z.enum(['reserved', 'declined']), payBy: z.string() })

/** It would keep its unit from the others, and nobody has done anything wrong. */
async function isKeptFromOthers({ id, orderKey }: Answer, { url }: Stage): Promise<boolean> {
  const found = await look(`${url()}/api/orders/${id}`, { 'order-key': orderKey }, waiting)
  return found !== null && isHeldTooLong(found)
}
