import { type Prisma, PrismaClient } from '../../prisma/payment/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What payment's transactions and reads see. */
export type Client = Prisma.TransactionClient

/** Opens payment's own file, `<folder>/payment.db`. */
export function openPayment(place: Place): Promise<Database<Client>> {
  return openDatabase('payment', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/payment/postgresql/client/client.ts'))
