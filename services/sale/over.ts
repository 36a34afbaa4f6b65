import type { Emit } from '../../shared/handler.ts'
import { names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { type Sale, saleColumns, type Why, whyOver } from './sale.ts'

/**
 * Ends the sales whose time is over. Whatever is heard of a sale stands behind this, in the same transaction: so nothing
 * that comes after its end counts for its outcome, however late the sweep is.
 */
export async function endDue(tx: Client, now: number, emit: Emit): Promise<void> {
  const due = await tx.$queryRaw<Sale[]>`
    SELECT ${names(saleColumns)} FROM "Sale" WHERE "endedAt" IS NULL AND "endsAt" <= ${now}`
  for (const sale of due) await endSale(tx, sale, whyOver(sale), now, emit)
}

/** Ends a sale that goes on: what nobody has been let in for goes back to the shelf. */
export async function endSale(tx: Client, sale: Sale, why: Why, now: number, emit: Emit): Promise<void> {
  const { id: subject, credits, bought } = sale
  await tx.$executeRaw`
    UPDATE "Sale" SET "endedAt" = CAST(${now} AS BIGINT), why = ${why}, spared = spared + credits, credits = 0
    WHERE id = ${subject}`
  if (credits > 0) emit({ name: 'sale.spared', subject, data: { units: credits } })
  emit({ name: 'sale.ended', subject, data: { why, units: sale.granted ?? 0, bought } })
  if (why === 'formed') emit({ name: 'group.formed', subject, data: { bought } })
  if (why === 'failed') emit({ name: 'group.failed', subject, data: { bought } })
}
