import { join } from 'node:path'
import { PrismaClient } from '../../../../prisma/order/client/client.ts'
import { openToRead } from '../../../../shared/store/database.ts'
import type { Client } from '../../db.ts'

/** Opens order's own file, which is there already, to read only. */
export function openForReading(folder: string): Promise<Client> {
  return openToRead(join(folder, 'order.db'), (adapter) => new PrismaClient({ adapter }))
}
