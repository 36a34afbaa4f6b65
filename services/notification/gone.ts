import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { GONE } from './preferences.ts'

/**
 * Whether each of these, in their order, is an account that was deleted, or was of one: its order, or an alert. To be asked in
 * the transaction that writes who somebody is: what was written before is forgotten by the deletion, what comes after it is not.
 */
export async function areGone(read: Client, subjects: string[]): Promise<boolean[]> {
  const rows = await read.$queryRaw<{ subject: string }[]>`
    SELECT account AS subject FROM "Preference"
    WHERE revision = ${GONE} AND account IN (SELECT value FROM ${each(subjects)})
    UNION ALL
    SELECT "orderId" FROM "Contact" LEFT JOIN "Preference" ON "Preference".account = "Contact".account
    WHERE (revision = ${GONE} OR "Contact".email = '') AND "orderId" IN (SELECT value FROM ${each(subjects)})
    UNION ALL
    SELECT id FROM "Alert" WHERE email = '' AND id IN (SELECT value FROM ${each(subjects)})`
  const gone = new Set(rows.map(({ subject }) => subject))
  return subjects.map((subject) => gone.has(subject))
}

/** The same rows, with `nobody` in them where what they are about is gone; in the transaction that writes them. */
export async function withoutGone<Row>(
  tx: Client,
  rows: Row[],
  subjectOf: (row: Row) => string,
  nobody: Partial<Row>,
): Promise<Row[]> {
  const gone = await areGone(tx, rows.map(subjectOf))
  return rows.map((row, i) => (gone[i] ? { ...row, ...nobody } : row))
}
