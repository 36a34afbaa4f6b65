import type { Emit, Handler } from '../../shared/handler.ts'
import { each, names } from '../../shared/store/sql.ts'
import { admit } from './admit-entries.ts'
import type { Client } from './db.ts'
import { endDue, endSale } from './over.ts'
import { type Sale, saleColumns, whyOver } from './sale.ts'

/** On `stock.allotted`: so many credits has the sale, and lets in who waits. One that got nothing is over. */
export const grantCredits: Handler<'stock.allotted', Client> = {
  says: 'allotment.noted',
  async apply(tx, batch, emit) {
    const now = Date.now()
    await endDue(tx, now, emit)
    for (const { message } of batch) await grant(tx, message.subject, message.data.units, { now, emit })
  },
}

type At = { now: number; emit: Emit }

async function grant(tx: Client, id: string, units: number, { now, emit }: At): Promise<void> {
  const [sale] = await tx.$queryRaw<Sale[]>`
    UPDATE "Sale" SET granted = ${units}, credits = ${units} WHERE id = ${id} AND granted IS NULL
    RETURNING ${names(saleColumns)}`
  if (sale === undefined) return
  if (units > 0) await passOn(tx, sale, units, { now, emit })
  else if (sale.endedAt === null) await endSale(tx, sale, whyOver(sale), now, emit)
}

/** Credits that a sale has got: for the next in line or, once it is over, for the shelf. */
async function passOn(tx: Client, { id, endedAt }: Sale, units: number, { now, emit }: At): Promise<void> {
  if (endedAt === null) await admit(tx, id, now, emit)
  else await spare(tx, id, units, emit)
}

async function spare(tx: Client, id: string, units: number, emit: Emit): Promise<void> {
  await tx.$executeRaw`UPDATE "Sale" SET credits = credits - ${units}, spared = spared + ${units} WHERE id = ${id}`
  emit({ name: 'sale.spared', subject: id, data: { units } })
}

/** On `stock.returned`: the unit of an entry is free again, for the next in line or, once the sale is over, for the shelf. */
export const takeBack: Handler<'stock.returned', Client> = {
  says: 'return.noted',
  async apply(tx, batch, emit) {
    const now = Date.now()
    await endDue(tx, now, emit)
    const ids = batch.map(({ message }) => message.subject)
    for (const counted of await letGo(tx, ids)) {
      const sale = await credit(tx, counted)
      if (sale !== undefined) await passOn(tx, sale, counted.held + counted.bought, { now, emit })
    }
  },
}

type Counted = { sale: string; held: number; bought: number }

/** Takes their units from these entries. Returns how many there were of which kind, by sale; gone already: none. */
async function letGo(tx: Client, ids: string[]): Promise<Counted[]> {
  const counted = await tx.$queryRaw<Counted[]>`
    SELECT sale, CAST(SUM(CASE WHEN state = 'admitted' THEN 1 ELSE 0 END) AS INTEGER) AS held,
      CAST(SUM(CASE WHEN state = 'bought' THEN 1 ELSE 0 END) AS INTEGER) AS bought
    FROM "Entry" WHERE id IN (SELECT value FROM ${each(ids)}) AND state IN ('admitted', 'bought') GROUP BY sale`
  await tx.$executeRaw`
    UPDATE "Entry" SET state = 'gone' WHERE id IN (SELECT value FROM ${each(ids)}) AND state IN ('admitted', 'bought')`
  return counted
}

async function credit(tx: Client, { sale: id, held, bought }: Counted): Promise<Sale | undefined> {
  const [sale] = await tx.$queryRaw<Sale[]>`
    UPDATE "Sale" SET credits = credits + ${held + bought}, held = held - ${held}, bought = bought - ${bought}
    WHERE id = ${id} RETURNING ${names(saleColumns)}`
  return sale
}
