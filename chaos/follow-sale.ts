import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { look } from './ask.ts'
import { complain } from './receipts.ts'
import type { HeldSale, Ticket } from './sale-receipts.ts'
import { type Stage, takeTurn } from './take-turn.ts'

const LOOK_EVERY_MS = 300
const ASKED_EACH_LOOK = 3 // of those who wait, how they stand
const STALLED_MS = 8_000 // a sale whose line is empty, and which would go on for a day
const HELD_UP_MS = 120_000 // one of which nothing has changed, for by a clock that was ahead somebody has hours to pay

const shown = z.object({
  ...{ state: z.string(), why: z.string().nullable(), admittedUpTo: z.int(), seed: z.string().nullable() },
  ...{ free: z.int(), held: z.int(), waiting: z.int() },
})
const page = z.object({
  entries: z.array(z.object({ ticket: z.string(), position: z.int().nullable() })),
  next: z.int().nullable(),
})
const entry = z.object({ state: z.string() })

/** Those who have a ticket, and those whose turn has come and who do not know yet. */
export type Line = { tickets: Map<string, Ticket>; isWhole: () => boolean }

/**
 * Watches a sale as its customers do, and lets each take their turn when it comes, until the sale is over and all turns are
 * taken; where nobody is left to buy what is free, or it is held up, the admin ends it.
 */
export async function followSale(sale: HeldSale, line: Line, stage: Stage): Promise<void> {
  const { shop, signal } = stage
  const underWay: Promise<void>[] = []
  const taken = new Set<string>()
  let idleSinceMs = Date.now()
  const unchanged = unchangedFor()
  while (!signal.aborted) {
    const found = await look(`${shop.url('sale')}/api/sales/${sale.id}`, {}, shown)
    const stoodMs = unchanged(found)
    if (found !== null) {
      for (const ticket of await admitted(sale, found, line, taken, stage)) underWay.push(takeTurn(ticket, stage))
      await askSome(line, taken, stage)
      sale.isOver = found.state === 'ended'
      sale.why = found.why
      if (sale.isOver) break
      const isIdle = line.isWhole() && found.waiting === 0 && found.held === 0 && found.free > 0
      if (!isIdle) idleSinceMs = Date.now()
      sale.isLeft = Date.now() - idleSinceMs > STALLED_MS
      if (line.isWhole() && found.held > 0 && stoodMs > HELD_UP_MS) sale.heldUpAt ??= Date.now()
      if (sale.isLeft || sale.heldUpAt !== undefined) await stage.end(sale.id)
    }
    await delay(LOOK_EVERY_MS)
  }
  await Promise.all(underWay)
}

/** For how long (ms) what is seen has been the same, each time that it was looked at; while nothing can be seen, that begins anew. */
function unchangedFor(): (found: z.infer<typeof shown> | null) => number {
  let [last, sinceMs] = ['', Date.now()]
  return (found) => {
    const now = JSON.stringify(found)
    if (found === null || now !== last) [last, sinceMs] = [now, Date.now()]
    return Date.now() - sinceMs
  }
}

/** Whose turn has come and has not been taken: all up to a place, by the list that everybody sees. */
async function admitted(
  { id, wish }: HeldSale,
  { admittedUpTo, seed }: z.infer<typeof shown>,
  { tickets }: Line,
  taken: Set<string>,
  stage: Stage,
): Promise<Ticket[]> {
  if (admittedUpTo === 0 || (wish.order === 'draw' && seed === null)) return []
  const places = wish.order === 'draw' ? await placesIn(id, stage) : null
  const isIn = ({ ticket, number }: Ticket) =>
    (places === null ? number : (places.get(ticket) ?? Infinity)) <= admittedUpTo
  const come = [...tickets.values()].filter((ticket) => !taken.has(ticket.ticket) && isIn(ticket))
  for (const { ticket } of come) taken.add(ticket)
  return come
}

async function placesIn(id: string, { shop }: Stage): Promise<Map<string, number | null>> {
  const places = new Map<string, number | null>()
  for (let after: number | null = 0; after !== null; ) {
    const url: string = `${shop.url('sale')}/api/sales/${id}/entries?after=${after}&limit=1000`
    const found: z.infer<typeof page> | null = await look(url, {}, page)
    for (const { ticket, position } of found?.entries ?? []) places.set(ticket, position)
    after = found?.next ?? null
  }
  return places
}

/** Some ask how they stand. Who has been refused must not be let in any more. */
async function askSome({ tickets }: Line, taken: Set<string>, { shop, random, told, receipts }: Stage): Promise<void> {
  const all = [...tickets.values()]
  if (all.length === 0) return
  for (let i = 0; i < ASKED_EACH_LOOK; i++) {
    const { sale, ticket, key } = random.pick(all)
    const url = `${shop.url('sale')}/api/sales/${sale}/entries/${ticket}`
    const found = await look(url, { 'order-key': key }, entry)
    if (found?.state === 'refused') told.refused.add(ticket)
    if (found?.state === 'refused' && taken.has(ticket)) complain(receipts, `${ticket} was let in, and refused`)
  }
}
