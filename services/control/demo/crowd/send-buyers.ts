import { setTimeout as delay } from 'node:timers/promises'
import type { Crowd } from '../../room/snapshot.ts'
import { type Buyer, buyerOf } from './buyer.ts'
import { followSale, type SaleNow } from './follow-sale.ts'
import { join, pay, positions, type Ticket } from './shop-calls.ts'
import type { Task } from './task.ts'
import { openTicketList, type Told } from './ticket-list.ts'

const AT_ONCE = 64
const LOOK_MS = 100
const THINK_MS = 2_000 // at most, before somebody pays

/** `position` is null as long as lots have not been drawn. */
type InLine = { buyer: Buyer; ticket: Ticket; position: number | null }

/** A crowd at a sale: waits until it opens, takes tickets, and pays when it is let in, until the sale is over or time is. */
export function sendBuyers(task: Task): { progress(): Crowd; done: Promise<void> } {
  const { sale, count: wanted, limitMs } = task
  const crowd: Crowd = { sale, wanted, joined: 0, refused: 0, admitted: 0, paid: 0, isOver: false }
  const end = AbortSignal.timeout(limitMs)
  return { progress: () => crowd, done: visit(task, crowd, end) }
}

/** `end` is when the crowd goes home, whatever the sale does. */
type Visit = { task: Task; crowd: Crowd; line: Map<string, InLine>; note(told: Told): void; end: AbortSignal }

async function visit(task: Task, crowd: Crowd, end: AbortSignal): Promise<void> {
  const over = new AbortController()
  const until = AbortSignal.any([end, over.signal])
  const now = followSale(`${task.liveUrl}/api/live?topic=sale:${task.sale}`, until)
  const list = await openTicketList(task.ticketsPath)
  const all: Visit = { task, crowd, line: new Map(), note: list.note, end }
  const paying: Promise<void>[] = []
  const queue = Array(task.count).keys()
  await waitFor(now, ({ state }) => state === 'open' || state === 'ended', end)
  const joining = Promise.all(Array.from({ length: AT_ONCE }, () => joinAll(all, queue)))
  void joining.then(() => waitFor(now, ({ state }) => state === 'ended', end)).then(() => over.abort())
  while (!until.aborted) {
    paying.push(...(await letIn(all, now())))
    await delay(LOOK_MS)
  }
  await Promise.all([joining, ...paying])
  await list.close()
}

/** Takes a ticket for one after another; those who come twice get the same one again, and stand in line once. */
async function joinAll(visit: Visit, queue: Iterable<number>): Promise<void> {
  const { task, crowd, line } = visit
  for (const i of queue) {
    const buyer = buyerOf(task.sale, i)
    const ticket = await ask(visit, buyer)
    if (ticket === null) crowd.refused++
    else {
      crowd.joined++
      line.set(buyer.email, { buyer, ticket, position: ticket.place === null ? null : ticket.number })
      if (buyer.comesTwice) await ask(visit, buyer)
    }
  }
}

async function ask({ task, note, end }: Visit, buyer: Buyer): Promise<Ticket | null> {
  const told = await join(task, buyer, end)
  if (told === null) return null
  note({ sale: task.sale, ticket: told.ticket, number: told.number, email: buyer.email, at: Date.now() })
  return told
}

/** Whoever has had their turn pays, or does not; and nobody twice. Returns what is under way. */
async function letIn(visit: Visit, sale: SaleNow | null): Promise<Promise<void>[]> {
  const { task, crowd, line } = visit
  if (sale === null) return []
  if (sale.seed !== null && [...line.values()].some(({ position }) => position === null)) await learn(task, line)
  const turns = [...line].filter(([, { position }]) => position !== null && position <= sale.admittedUpTo)
  for (const [email] of turns) line.delete(email)
  crowd.admitted += turns.length
  return turns.map(([, one]) => payFor(visit, one))
}

async function payFor({ task, crowd, end }: Visit, { buyer: { cards }, ticket }: InLine): Promise<void> {
  for (const [i, card] of cards.entries()) {
    await delay(Math.random() * THINK_MS, undefined, { signal: end }).catch(() => {})
    const isTaken = await pay(task, ticket, card, end)
    if (isTaken && i === cards.length - 1) crowd.paid++
  }
}

/** After a draw the sale tells everybody who stands where. */
async function learn(task: Task, line: Map<string, InLine>): Promise<void> {
  const places = await positions(task).catch(() => new Map<string, number>())
  for (const one of line.values()) one.position = places.get(one.ticket.ticket) ?? null
}

async function waitFor(now: () => SaleNow | null, is: (sale: SaleNow) => boolean, end: AbortSignal): Promise<void> {
  for (let sale = now(); !end.aborted && (sale === null || !is(sale)); sale = now()) await delay(LOOK_MS)
}
