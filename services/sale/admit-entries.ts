import type { Language } from '../../shared/customer-events.ts'
import type { Emit } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import { readSale } from './read-sales.ts'
import { mayAdmit, type Sale } from './sale.ts'

/** Entries let in by one transaction; whoever joins meanwhile stands behind it. The sweep lets in the rest. */
export const ADMIT_MAX = 500

/**
 * Lets in who is next while there are credits, one each: in the order of their positions, and nobody while somebody with a
 * lower position has not been read yet. Emits `entry.admitted`. Returns how many they are.
 */
export async function admit(tx: Client, saleId: string, now: number, emit: Emit): Promise<number> {
  const sale = await readSale(tx, saleId)
  if (sale === undefined || !mayAdmit(sale, now)) return 0
  const admitted = await letIn(tx, sale, now)
  if (admitted.length === 0) return 0
  await count(tx, sale, admitted)
  for (const entry of admitted) emitAdmitted(entry, sale, emit)
  return admitted.length
}

/** Whether somebody waits who can be let in, as far as the line goes. */
export async function hasNext(read: Client, saleId: string): Promise<boolean> {
  const [next] = await read.$queryRaw<{ unread: number | null }[]>`
    SELECT (
      SELECT 1 FROM "Entry" WHERE sale = ${saleId} AND state = 'joined' AND position < first.position LIMIT 1
    ) AS unread
    FROM (
      SELECT position FROM "Entry" WHERE sale = ${saleId} AND state = 'waiting' ORDER BY position LIMIT 1
    ) AS first`
  return next?.unread === null
}

type Admitted = {
  id: string
  position: number
  name: string
  email: string
  account: string | null
  language: Language
}

/** The states in the words of the indexes, which know no other entries. */
async function letIn(tx: Client, { id, credits, admissions }: Sale, now: number): Promise<Admitted[]> {
  const limit = Math.min(credits, ADMIT_MAX)
  const admitted = await tx.$queryRaw<Admitted[]>`
    UPDATE "Entry" SET state = 'admitted', admission = ${admissions} + next.rank, "admittedAt" = CAST(${now} AS BIGINT)
    FROM (
      SELECT number, row_number() OVER (ORDER BY position) AS rank FROM (
        SELECT number, position FROM "Entry"
        WHERE sale = ${id} AND state = 'waiting' AND position < COALESCE(
          (SELECT MIN(position) FROM "Entry" WHERE sale = ${id} AND state = 'joined'), ${BEYOND_ALL})
        ORDER BY position LIMIT ${limit}
      ) AS first
    ) AS next
    WHERE "Entry".sale = ${id} AND "Entry".number = next.number
    RETURNING "Entry".id, "Entry".position, "Entry".name, "Entry".email, "Entry".account, "Entry".language`
  return admitted.sort((a, b) => a.position - b.position) // RETURNING has an order of its own
}

const BEYOND_ALL = 2_147_483_647

async function count(tx: Client, { id }: Sale, admitted: Admitted[]): Promise<void> {
  const units = admitted.length
  await tx.$executeRaw`
    UPDATE "Sale" SET credits = credits - ${units}, held = held + ${units}, admissions = admissions + ${units},
      "admittedUpTo" = ${admitted.at(-1)?.position ?? 0}
    WHERE id = ${id}`
}

function emitAdmitted({ id, name, email, account, language }: Admitted, sale: Sale, emit: Emit): void {
  const { sku, unitPriceCents, currency, payWithinMs } = sale
  const whose = { customer: { name, email }, language, ...(account !== null && { account }) }
  const data = { sale: sale.id, sku, unitPriceCents, currency, payWithinMs, ...whose }
  emit({ name: 'entry.admitted', subject: id, data })
}
