import { type Prisma, PrismaClient } from '../../prisma/accounts/client/client.ts'
import { type Clients, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of accounts see. */
export type Client = Prisma.TransactionClient

/** Opens its file, `<folder>/accounts.db`. */
export function openAccounts(place: Place): Promise<Database<Client>> {
  return openDatabase('accounts', place, CLIENTS)
}

const CLIENTS: Clients<Client> = {
  sqlite: (adapter) => new PrismaClient({ adapter }),
  postgresql: async (adapter) => {
    const { PrismaClient } = await import('../../prisma/accounts/postgresql/client/client.ts')
    return new PrismaClient({ adapter })
  },
}
