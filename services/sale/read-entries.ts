import { groupRead } from '../../shared/protocol/group-commit.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** An entry in the books. */
export type Entry = {
  id: string
  sale: string
  number: number
  position: number | null
  state: 'joined' | 'waiting' | 'admitted' | 'bought' | 'gone'
  account: string | null
}

/** Reads an entry by its ticket; those asked for in one turn share one query. */
export type ReadEntry = (ticket: string) => Promise<Entry | undefined>

export function createEntryReader(read: Client): ReadEntry {
  return groupRead(read, async (sql: Client, tickets: string[]) => {
    const entries = await sql.$queryRaw<Entry[]>`
      SELECT id, sale, number, position, state, account FROM "Entry" WHERE id IN (SELECT value FROM ${each(tickets)})`
    const byTicket = new Map(entries.map((entry) => [entry.id, entry]))
    return tickets.map((ticket) => byTicket.get(ticket))
  })
}
