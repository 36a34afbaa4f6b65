import { type Prisma, PrismaClient } from '../../prisma/loyalty/client/client.ts'
import { type Clients, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of loyalty see. */
export type Client = Prisma.TransactionClient

/** Opens the file of loyalty, `<folder>/loyalty.db`. */
export function openLoyalty(place: Place): Promise<Database<Client>> {
  return openDatabase('loyalty', place, CLIENTS)
}

const CLIENTS: Clients<Client> = {
  sqlite: (adapter) => new PrismaClient({ adapter }),
  postgresql: async (adapter) => {
    const { PrismaClient } = await import('../../prisma/loyalty/postgresql/client/client.ts')
    return new PrismaClient({ adapter })
  },
}
