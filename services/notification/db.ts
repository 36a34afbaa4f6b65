import { type Prisma, PrismaClient } from '../../prisma/notification/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What notification's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens notification's own file, `<folder>/notification.db`. */
export function openNotification(place: Place): Promise<Database<Client>> {
  return openDatabase('notification', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/notification/postgresql/client/client.ts'))
