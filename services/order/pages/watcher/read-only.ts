import { join } from 'node:path'
import { PrismaClient } from '../../../../prisma/order/client/client.ts'
import { DurableSqlite } from '../../../../shared/store/sqlite.ts'
import type { Client } from '../../db.ts'

/** Opens order's own file, which is there already, to read only. */
export function openForReading(folder: string): Client {
  return new PrismaClient({ adapter: new DurableSqlite(join(folder, 'order.db'), 'read') })
}
