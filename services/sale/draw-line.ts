import { hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { type Columns, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

type Drawn = { id: string; position: number }
const drawnColumns: Columns<Drawn> = ['id', 'position']

/**
 * Gives everybody who has joined a place by lot, once the last of them has been read: in the order of the SHA-256 of
 * `<seed>:<ticket>`, as hex. The seed was fixed, and its hash shown, before the first had joined. Returns whether it is done.
 */
export async function drawLine({ publish, read }: Deps, saleId: string, seed: string, now: number): Promise<boolean> {
  if (await hasUnread(read, saleId)) return false
  const tickets = await read.$queryRaw<{ id: string }[]>`SELECT id FROM "Entry" WHERE sale = ${saleId}`
  const drawn = await rank(tickets, seed) // before the transaction: a hundred thousand digests take a while
  // crash point: lots drawn
  return publish(async (tx) => {
    const isWhole = (await countEntries(tx, saleId)) === drawn.length && !(await hasUnread(tx, saleId))
    return isWhole && (await place(tx, saleId, drawn, now))
  })
}

type Deps = { publish: Publish<Client>; read: Client }

const SLICE = 1_000 // tickets in one turn of the event loop, so that a hundred thousand hold up nobody at the door

/** Anybody can do the same: docs/sales.md has it in two lines. */
async function rank(tickets: { id: string }[], seed: string): Promise<Drawn[]> {
  const lots: { lot: string; id: string }[] = []
  for (const [i, { id }] of tickets.entries()) {
    lots.push({ lot: `${hash('sha256', `${seed}:${id}`)} ${id}`, id }) // of two with one digest, by their tickets
    if (i % SLICE === SLICE - 1) await nextTurn()
  }
  lots.sort((a, b) => (a.lot < b.lot ? -1 : 1))
  return lots.map(({ id }, i) => ({ id, position: i + 1 }))
}

async function place(tx: Client, saleId: string, drawn: Drawn[], now: number): Promise<boolean> {
  const begun = await tx.$executeRaw`
    UPDATE "Sale" SET "drawnAt" = CAST(${now} AS BIGINT)
    WHERE id = ${saleId} AND "drawnAt" IS NULL AND "endedAt" IS NULL`
  if (begun === 0) return false
  for (let i = 0; i < drawn.length; i += SLICE) {
    await tx.$executeRaw`
      UPDATE "Entry" SET position = drawn.position
      FROM ${records('Entry', drawnColumns, drawn.slice(i, i + SLICE))} AS drawn WHERE "Entry".id = drawn.id`
    await nextTurn()
  }
  return true
}

async function hasUnread(read: Client, saleId: string): Promise<boolean> {
  const rows = await read.$queryRaw<unknown[]>`
    SELECT 1 FROM "Entry" WHERE sale = ${saleId} AND state = 'joined' LIMIT 1`
  return rows.length > 0
}

/** Not by the numbers given: where two processes have one database, a number may be given to nobody. */
async function countEntries(tx: Client, saleId: string): Promise<number> {
  const [line] = await tx.$queryRaw<{ count: number }[]>`
    SELECT CAST(COUNT(*) AS INTEGER) AS count FROM "Entry" WHERE sale = ${saleId}`
  return line?.count ?? 0
}
