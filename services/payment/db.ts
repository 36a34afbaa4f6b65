import { join } from 'node:path'
import { type Prisma, PrismaClient } from '../../prisma/payment/client/client.ts'
import { type Database, openDatabase } from '../../shared/store/database.ts'
import { migrationsOf } from '../../shared/store/migrate.ts'

/** What payment's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens payment's own file, `<folder>/payment.db`. */
export function openPayment(folder: string): Promise<Database<Client>> {
  const file = join(folder, 'payment.db')
  return openDatabase(file, migrationsOf('payment'), (adapter) => new PrismaClient({ adapter }))
}
