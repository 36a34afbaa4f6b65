import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/inventory/client/client.ts'
import { catalogue } from '../../shared/catalogue.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What inventory's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens inventory's own file, `<folder>/inventory.db`; empty shelves are filled from the catalogue. */
export async function openInventory(folder: string): Promise<Database<Client>> {
  const file = join(folder, 'inventory.db')
  const db = await openDatabase(file, migrationsOf('inventory'), (adapter) => new PrismaClient({ adapter }))
  await db.write(fillEmptyShelves)
  return db
}

async function fillEmptyShelves(tx: Client): Promise<void> {
  if ((await tx.stock.count()) > 0) return
  await tx.stock.createMany({
    data: catalogue.map(({ sku, stock }) => ({ sku, received: stock, available: stock })),
  })
}
