import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/logs/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What the transactions and reads of the logs service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of the logs service, `<folder>/logs.db`. */
export function openLogs(folder: string): Promise<Database<Client>> {
  return openDatabase(join(folder, 'logs.db'), migrationsOf('logs'), (adapter) => new PrismaClient({ adapter }))
}
