import { type Prisma, PrismaClient } from '../../prisma/inventory/client/client.ts'
import { catalogue } from '../../shared/catalogue.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'
import { insert } from '../../shared/store/sql.ts'

/** What inventory's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens inventory's own file, `<folder>/inventory.db`; empty shelves are filled from the catalogue. */
export async function openInventory(place: Place): Promise<Database<Client>> {
  const db = await openDatabase('inventory', place, CLIENTS)
  await db.write(fillEmptyShelves)
  return db
}

async function fillEmptyShelves(tx: Client): Promise<void> {
  const [found] = await tx.$queryRaw<object[]>`SELECT 1 FROM "Stock" LIMIT 1`
  if (found !== undefined) return
  const shelves = catalogue.map(({ sku, stock }) => ({ sku, received: stock, available: stock }))
  await tx.$executeRaw`${insert('Stock', COLUMNS, shelves)}`
}

const COLUMNS = ['sku', 'received', 'available'] as const

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/inventory/postgresql/client/client.ts'))
