import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/notification/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What notification's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens notification's own file, `<folder>/notification.db`. */
export function openNotification(folder: string): Promise<Database<Client>> {
  const file = join(folder, 'notification.db')
  return openDatabase(file, migrationsOf('notification'), (adapter) => new PrismaClient({ adapter }))
}
