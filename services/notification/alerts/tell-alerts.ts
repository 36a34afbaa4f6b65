import { every, type Loop } from '../../../shared/every.ts'
import type { Emit } from '../../../shared/handler.ts'
import type { Health } from '../../../shared/health.ts'
import type { Publish } from '../../../shared/protocol/outbox.ts'
import { each } from '../../../shared/store/sql.ts'
import type { Client } from '../db.ts'
import { type Alert, isDue } from './alerts.ts'
import { productsNow } from './products.ts'

type Deps = { read: Client; publish: Publish<Client> }

const PERIOD_MS = 500
const PAUSE_MS = 20 // between two pages: others want to write, too
const PAGE = 500 // alerts in one transaction

/** Tells those who wait for a product, once what they wait for has happened: page after page, however many they are. */
export function startTellingAlerts(health: Health, deps: Deps): Loop {
  let isMore = false
  const periodMs = () => (isMore ? PAUSE_MS : PERIOD_MS)
  return every(periodMs, 'alerts.tell', health, async () => {
    isMore = false // should this fail
    isMore = await tellNext(deps)
  })
}

/**
 * Tells one page of those who wait for one product. Which are told is decided in the transaction that says so, so another worker
 * that does the same tells others. Resolves with whether there was anything to look for.
 */
export async function tellNext({ read, publish }: Deps): Promise<boolean> {
  const [product] = await read.$queryRaw<{ sku: string }[]>`
    SELECT sku FROM "Product" WHERE "isToTell" = 1 ORDER BY sku LIMIT 1`
  if (product === undefined) return false
  await publish((tx, emit) => tellPage(tx, product.sku, emit))
  return true
}

async function tellPage(tx: Client, sku: string, emit: Emit): Promise<void> {
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT "Alert".id FROM "Alert" JOIN "Product" ON "Product".sku = "Alert".sku
    WHERE "Alert".sku = ${sku} AND state = 'confirmed' AND ${isDue} LIMIT ${PAGE}`
  await tellDue(
    tx,
    due.map(({ id }) => id),
    emit,
  )
  // crash point: alerts told
  if (due.length < PAGE) await tx.$executeRaw`UPDATE "Product" SET "isToTell" = 0 WHERE sku = ${sku}`
}

/** Tells those of these alerts, of one product, that are confirmed and due: each once. */
export async function tellDue(tx: Client, ids: string[], emit: Emit): Promise<void> {
  const told = await tx.$queryRaw<Pick<Alert, 'id' | 'sku' | 'kind'>[]>`
    UPDATE "Alert" SET state = 'told', open = NULL, "toldAt" = ${Date.now()} FROM "Product"
    WHERE "Product".sku = "Alert".sku AND "Alert".id IN (SELECT value FROM ${each(ids)}) AND state = 'confirmed' AND ${isDue}
    RETURNING "Alert".id, "Alert".sku, kind`
  const [first] = told
  if (first === undefined) return
  const { priceCents } = (await productsNow(tx, [first.sku]))(first.sku)
  for (const { id: subject, sku, kind } of told)
    emit({ name: 'alert.due', subject, data: { sku, kind, ...(kind === 'cheaper' && { priceCents }) } })
}
