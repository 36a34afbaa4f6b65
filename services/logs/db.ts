import { type Prisma, PrismaClient } from '../../prisma/logs/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of the logs service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of the logs service, `<folder>/logs.db`. */
export function openLogs(place: Place): Promise<Database<Client>> {
  return openDatabase('logs', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/logs/postgresql/client/client.ts'))
