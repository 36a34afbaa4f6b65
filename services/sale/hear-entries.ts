import type { Handler } from '../../shared/handler.ts'
import { each } from '../../shared/store/sql.ts'
import { admit } from './admit-entries.ts'
import type { Client } from './db.ts'
import { endDue } from './over.ts'

/**
 * On `entry.joined`: they have been read, and wait; and who is next is let in. Here the flood waits, in sale's own list:
 * visible, and not in the way of anybody at the door.
 */
export const readEntries: Handler<'entry.joined', Client> = {
  says: 'entry.waits',
  async apply(tx, batch, emit) {
    const now = Date.now()
    await endDue(tx, now, emit)
    const ids = batch.map(({ message }) => message.subject)
    await tx.$executeRaw`
      UPDATE "Entry" SET state = 'waiting' WHERE id IN (SELECT value FROM ${each(ids)}) AND state = 'joined'`
    for (const sale of new Set(batch.map(({ message }) => message.data.sale))) await admit(tx, sale, now, emit)
  },
}
