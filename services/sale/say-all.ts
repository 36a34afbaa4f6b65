import type { Emit } from '../../shared/handler.ts'
import { type Columns, each, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

const SPAN_MS = 2_000 // between two things that one ticket says

/** What somebody wants to say in the room of the sale that their ticket is of. */
export type Wanted = { sale: string; ticket: string; name: string; text: string; traceparent: string | undefined }
export type Spoken = { kind: 'said'; said: number } | { kind: 'too soon' } | { kind: 'over' }

/**
 * Says a group of things, in order of arrival: emits `room.said` for each, counted in its room. Whether the sale goes on, and
 * whether it is too soon, is decided here, so that it holds for all processes of the service, however often one asks.
 */
export async function sayAll(tx: Client, group: Wanted[], emit: Emit): Promise<Spoken[]> {
  const now = Date.now()
  const going = await goingAmong(tx, [...new Set(group.map(({ sale }) => sale))], now)
  const turns = await takeTurns(tx, firstOfEach(group.filter(({ sale }) => going.has(sale))), now)
  const counts = await countIn(tx, turns)
  return group.map((wanted): Spoken => {
    if (!going.has(wanted.sale)) return { kind: 'over' }
    const said = turns.delete(wanted.ticket) ? counts.get(wanted.sale) : undefined
    if (said === undefined) return { kind: 'too soon' }
    counts.set(wanted.sale, said + 1)
    emitSaid(wanted, said, emit)
    return { kind: 'said', said }
  })
}

async function goingAmong(tx: Client, sales: string[], now: number): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Sale" WHERE id IN (SELECT value FROM ${each(sales)}) AND "endedAt" IS NULL AND "endsAt" > ${now}`
  return new Set(rows.map(({ id }) => id))
}

/** Of two things that one says at once the first. */
function firstOfEach(group: Wanted[]): Turn[] {
  const first = new Map<string, Turn>()
  for (const { sale, ticket: id } of group) if (!first.has(id)) first.set(id, { sale, id })
  return [...first.values()]
}

type Turn = { sale: string; id: string }
const turnColumns: Columns<Turn> = ['sale', 'id']

/** The tickets whose turn it is, each with its sale. A time that is still to come was written before the clock was put back. */
async function takeTurns(tx: Client, wanted: Turn[], now: number): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<Turn[]>`
    UPDATE "Entry" SET "saidAt" = CAST(${now} AS BIGINT)
    FROM ${records('Entry', turnColumns, wanted)} AS turn
    WHERE "Entry".id = turn.id AND "Entry".sale = turn.sale
      AND ("Entry"."saidAt" IS NULL OR "Entry"."saidAt" <= ${now - SPAN_MS} OR "Entry"."saidAt" > ${now})
    RETURNING "Entry".sale, "Entry".id`
  return new Map(rows.map(({ id, sale }) => [id, sale]))
}

/** Counts on in each room, by those whose turn it is. Returns the number of the first of them. */
async function countIn(tx: Client, turns: ReadonlyMap<string, string>): Promise<Map<string, number>> {
  const first = new Map<string, number>()
  const sales = [...turns.values()]
  for (const sale of new Set(sales)) {
    const more = sales.filter((one) => one === sale).length
    const [row] = await tx.$queryRaw<{ said: number }[]>`
      UPDATE "Sale" SET said = said + ${more} WHERE id = ${sale} RETURNING said`
    if (row !== undefined) first.set(sale, row.said - more + 1)
  }
  return first
}

function emitSaid({ sale: subject, name, text, traceparent }: Wanted, said: number, emit: Emit): void {
  emit({ name: 'room.said', subject, data: { said, name, text }, ...(traceparent !== undefined && { traceparent }) })
}
