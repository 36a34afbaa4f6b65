import { type Prisma, PrismaClient } from '../../prisma/sale/client/client.ts'
import { type Clients, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of the sale service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of sales, `<folder>/sale.db`. */
export function openSale(place: Place): Promise<Database<Client>> {
  return openDatabase('sale', place, CLIENTS)
}

const CLIENTS: Clients<Client> = {
  sqlite: (adapter) => new PrismaClient({ adapter }),
  postgresql: async (adapter) => {
    const { PrismaClient } = await import('../../prisma/sale/postgresql/client/client.ts')
    return new PrismaClient({ adapter })
  },
}
