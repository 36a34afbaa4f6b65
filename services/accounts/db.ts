import { type Prisma, PrismaClient } from '../../prisma/accounts/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of accounts see. */
export type Client = Prisma.TransactionClient

/** Opens its file, `<folder>/accounts.db`. */
export function openAccounts(place: Place): Promise<Database<Client>> {
  return openDatabase('accounts', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/accounts/postgresql/client/client.ts'))
