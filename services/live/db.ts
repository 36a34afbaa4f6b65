import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/live/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What the transactions and reads of the live service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of the live service, `<folder>/live.db`. */
export function openLive(folder: string): Promise<Database<Client>> {
  return openDatabase(join(folder, 'live.db'), migrationsOf('live'), (adapter) => new PrismaClient({ adapter }))
}
