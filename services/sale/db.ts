import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/sale/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What the transactions and reads of the sale service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of sales, `<folder>/sale.db`. */
export function openSale(folder: string): Promise<Database<Client>> {
  return openDatabase(join(folder, 'sale.db'), migrationsOf('sale'), (adapter) => new PrismaClient({ adapter }))
}
