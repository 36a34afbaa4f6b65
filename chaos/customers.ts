import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, askOnce, askUntilAnswered } from './ask.ts'
import { giveBack } from './give-back.ts'
import { join, leave, type Member } from './join.ts'
import type { Errand } from './order-mix.ts'
import type { PostBoxes } from './post-boxes.ts'
import { complain, noReceipts, type Receipts } from './receipts.ts'
import { settleUp } from './settle-up.ts'

const AT_ONCE_MAX = 300 // errands under way; beyond it new customers wait, as when the shop is down for long

export type Customers = { receipts: Receipts; placed(): number; done: Promise<void> }

/** Where customers go, and who puts down what they are told. */
type Counter = {
  url: () => string
  gatewayUrl: () => string
  boxes: PostBoxes
  /** No clock is stepped, by which sessions would be over. */
  areClocksRight: boolean
  everyMs: number
  signal: AbortSignal
  receipts?: Receipts
}

/** Sends customers to the shop, one every `everyMs`, until `signal` says to stop. */
export function sendCustomers(
  errands: Iterable<Errand>,
  { everyMs, signal, receipts = noReceipts(), ...urls }: Counter,
): Customers {
  const underWay = new Set<Promise<void>>()
  let placed = 0
  const send = async () => {
    const startMs = Date.now()
    for (const errand of errands) {
      await delay(Math.max(0, startMs + placed * everyMs - Date.now()))
      while (underWay.size >= AT_ONCE_MAX) await Promise.race(underWay)
      if (signal.aborted) break
      placed++
      receipts.came++
      const run: Promise<void> = runErrand(errand, { ...urls, signal, receipts }).finally(() => underWay.delete(run))
      underWay.add(run)
    }
    await Promise.all(underWay)
  }
  return { receipts, placed: () => placed, done: send() }
}

/** Where the shop and the gateway are, and what is sent to people; until when they are asked, and who puts down what they say. */
export type Deps = {
  url: () => string
  gatewayUrl: () => string
  boxes: PostBoxes
  areClocksRight: boolean
  signal: AbortSignal
  receipts: Receipts
}

/** Whoever wants an account makes it before they order, or after; then the order must become theirs. */
async function runErrand(errand: Errand, deps: Deps): Promise<void> {
  const { signUp } = errand
  if (signUp === null) return void (await order(errand, null, deps))
  const before = signUp.isOrderingFirst ? await order(errand, null, deps) : null
  const member = await join(signUp, deps)
  if (before !== null && member?.isProved) deps.receipts.owned.set(before.id, member.account)
  if (deps.signal.aborted) return // looking for mails took until the end
  if (!signUp.isOrderingFirst) await order(errand, member, deps)
  if (member !== null && signUp.isLeaving) await leave(member, deps)
}

/** Resolves with the order; null when that cannot be known. */
async function order(errand: Errand, member: Member | null, deps: Deps): Promise<Answer | null> {
  const repeats = errand.repeatsAfterMs.map((ms) => delay(ms).then(() => place(errand, member, deps)))
  const order = await place(errand, member, deps)
  if (order !== null) await Promise.all([settle(order, errand, deps), cancel(order, errand.cancelAfterMs, deps)])
  for (const repeated of await Promise.all(repeats)) {
    deps.receipts.repeated++
    if (order === null || repeated === null) continue
    if (repeated.id !== order.id)
      complain(deps.receipts, `${errand.key} stands for two orders: ${order.id} and ${repeated.id}`)
    else if (repeated.orderKey !== order.orderKey) complain(deps.receipts, `${order.id} has two keys`)
  }
  return order
}

async function settle(order: Answer, errand: Errand, deps: Deps): Promise<void> {
  const isPaid = await settleUp(order, errand, deps)
  if (isPaid && errand.returned !== null) await giveBack(order, errand.returned, deps)
}

async function place({ body, key }: Errand, member: Member | null, deps: Deps): Promise<Answer | null> {
  const { url, signal, receipts } = deps
  const headers: Record<string, string> = {
    ...(key !== null && { 'idempotency-key': key }),
    ...(member !== null && { cookie: member.cookie, origin: new URL(url()).origin }),
  }
  const ask = () => askOnce(`${url()}/api/orders`, body, headers)
  const answer = key === null ? await ask() : await askUntilAnswered(ask, signal, isBusy, () => receipts.retried++)
  if (answer === null) return unanswered(key, receipts)
  if (answer.status === 422 && member !== null && !deps.areClocksRight) return null // the key is that of somebody signed in
  if (answer.status !== 201) complain(receipts, `an order was answered with ${answer.status}: ${answer.text}`)
  else {
    receipts.accepted.add(answer.id)
    if (member !== null) receipts.owned.set(answer.id, member.account)
  }
  return answer.status === 201 ? answer : null
}

/** The first request with this key is still being carried out. */
const isBusy = ({ status }: Answer) => status === 409

function unanswered(key: string | null, receipts: Receipts): null {
  receipts.unknown++
  if (key !== null) receipts.givenUp++
  return null
}

/** Calls an order off, unless `afterMs` is null: they keep it. */
export async function cancel({ id, orderKey }: Answer, afterMs: number | null, deps: Deps): Promise<void> {
  if (afterMs === null) return
  const { url, signal, receipts } = deps
  await delay(afterMs)
  const ask = () => askOnce(`${url()}/api/orders/${id}/cancel`, {}, { 'order-key': orderKey })
  const answer = await askUntilAnswered(
    ask,
    signal,
    () => false,
    () => receipts.retried++,
  )
  if (answer === null || answer.status === 409) return // told to stop, or too late to cancel
  if (answer.status === 200) receipts.cancelled.add(id)
  else complain(receipts, `a cancel of ${id} was answered with ${answer.status}: ${answer.text}`)
}
