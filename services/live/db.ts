import { type Prisma, PrismaClient } from '../../prisma/live/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of the live service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of the live service, `<folder>/live.db`. */
export function openLive(place: Place): Promise<Database<Client>> {
  return openDatabase('live', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/live/postgresql/client/client.ts'))
