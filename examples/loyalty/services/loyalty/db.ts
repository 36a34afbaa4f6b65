import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/loyalty/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What loyalty's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens loyalty's own file, `<folder>/loyalty.db`. */
export function openLoyalty(folder: string): Promise<Database<Client>> {
  return openDatabase(join(folder, 'loyalty.db'), migrationsOf('loyalty'), (adapter) => new PrismaClient({ adapter }))
}
