import { type Prisma, PrismaClient } from '../../prisma/webhooks/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of webhooks see. */
export type Client = Prisma.TransactionClient

/** Opens the file of webhooks, `<folder>/webhooks.db`. */
export function openWebhooks(place: Place): Promise<Database<Client>> {
  return openDatabase('webhooks', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/webhooks/postgresql/client/client.ts'))
