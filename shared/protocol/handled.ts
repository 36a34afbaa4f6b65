import { each, type Sql } from '../store/sql.ts'
import type { Outcome } from './status.ts'

/** A service's final word on a message, and when (ms) it was written. */
export type Handled = { id: string; outcome: Outcome; at: number }

/** Those of these messages that the service has given its final word on. */
export async function handledAmong(sql: Sql, ids: string[]): Promise<Handled[]> {
  return sql.$queryRaw<Handled[]>`
    SELECT id, outcome, at FROM "Inbox" WHERE id IN (SELECT value FROM ${each(ids)})`
}
