import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/accounts/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What the transactions and reads of accounts see. */
export type Client = Prisma.TransactionClient

/** Opens its file, `<folder>/accounts.db`. */
export function openAccounts(folder: string): Promise<Database<Client>> {
  return openDatabase(join(folder, 'accounts.db'), migrationsOf('accounts'), (adapter) => new PrismaClient({ adapter }))
}
