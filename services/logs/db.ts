import { type Prisma, PrismaClient } from '../../prisma/logs/client/client.ts'
import { type Clients, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of the logs service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of the logs service, `<folder>/logs.db`. */
export function openLogs(place: Place): Promise<Database<Client>> {
  return openDatabase('logs', place, CLIENTS)
}

const CLIENTS: Clients<Client> = {
  sqlite: (adapter) => new PrismaClient({ adapter }),
  postgresql: async (adapter) => {
    const { PrismaClient } = await import('../../prisma/logs/postgresql/client/client.ts')
    return new PrismaClient({ adapter })
  },
}
