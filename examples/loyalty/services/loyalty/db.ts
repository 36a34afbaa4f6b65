import { type Prisma, PrismaClient } from '../../prisma/loyalty/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of loyalty see. */
export type Client = Prisma.TransactionClient

/** Opens the file of loyalty, `<folder>/loyalty.db`. */
export function openLoyalty(place: Place): Promise<Database<Client>> {
  return openDatabase('loyalty', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/loyalty/postgresql/client/client.ts'))
