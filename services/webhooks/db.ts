import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/webhooks/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What the transactions and reads of webhooks see. */
export type Client = Prisma.TransactionClient

/** Opens the file of webhooks, `<folder>/webhooks.db`. */
export function openWebhooks(folder: string): Promise<Database<Client>> {
  return openDatabase(join(folder, 'webhooks.db'), migrationsOf('webhooks'), (adapter) => new PrismaClient({ adapter }))
}
