import { type Prisma, PrismaClient } from '../../prisma/order/client/client.ts'
import { CURRENCY, catalogue } from '../../shared/catalogue.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'
import { insert } from '../../shared/store/sql.ts'

/** What order's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens order's own file, `<folder>/order.db`; an empty shop window is filled from the catalogue. */
export async function openOrders(place: Place): Promise<Database<Client>> {
  const db = await openDatabase('order', place, CLIENTS)
  await db.write(fillEmptyWindow)
  return db
}

async function fillEmptyWindow(tx: Client): Promise<void> {
  const [found] = await tx.$queryRaw<object[]>`SELECT 1 FROM "Product" LIMIT 1`
  if (found !== undefined) return
  const products = catalogue.map((product, position) => ({ ...product, currency: CURRENCY, position }))
  await tx.$executeRaw`${insert('Product', COLUMNS, products)}`
}

const COLUMNS = ['sku', 'name', 'description', 'priceCents', 'currency', 'position'] as const

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/order/postgresql/client/client.ts'))
