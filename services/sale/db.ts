import { type Prisma, PrismaClient } from '../../prisma/sale/client/client.ts'
import { clientsOf, type Database, openDatabase } from '../../shared/store/database.ts'
import type { Place } from '../../shared/store/place.ts'

/** What the transactions and reads of the sale service see. */
export type Client = Prisma.TransactionClient

/** Opens the file of sales, `<folder>/sale.db`. */
export function openSale(place: Place): Promise<Database<Client>> {
  return openDatabase('sale', place, CLIENTS)
}

const CLIENTS = clientsOf<Client>(PrismaClient, () => import('../../prisma/sale/postgresql/client/client.ts'))
