import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/order/client/client.ts'
import { CURRENCY, catalogue } from '../../shared/catalogue.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What order's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens order's own file, `<folder>/order.db`; an empty shop window is filled from the catalogue. */
export async function openOrders(folder: string): Promise<Database<Client>> {
  const file = join(folder, 'order.db')
  const db = await openDatabase(file, migrationsOf('order'), (adapter) => new PrismaClient({ adapter }))
  await db.write(fillEmptyWindow)
  return db
}

async function fillEmptyWindow(tx: Client): Promise<void> {
  if ((await tx.product.count()) > 0) return
  await tx.product.createMany({
    data: catalogue.map(({ sku, name, description, priceCents }, position) => ({
      sku,
      name,
      description,
      priceCents,
      currency: CURRENCY,
      position,
    })),
  })
}
