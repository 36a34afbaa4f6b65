import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** How long a registration can be watched, and its Idempotency-Key is known. */
const KEPT_MS = 24 * 3_600_000

/** A sign-up. `account` is the one that it made, null where its address had one; times in ms. */
export type Registration = {
  id: string
  account: string | null
  key: string | null
  fingerprint: string | null
  at: number
  hasPhone: number
}

/** When its mail and its SMS went out, and when the SMS turned out not to arrive. */
export type Progress = { hasPhone: number; mailAt: number | null; smsAt: number | null; smsFailedAt: number | null }

const columns: Columns<Registration> = ['id', 'account', 'key', 'fingerprint', 'at', 'hasPhone']

export async function insertRegistrations(tx: Client, registrations: Registration[]): Promise<void> {
  if (registrations.length > 0) await tx.$executeRaw`${insert('Registration', columns, registrations)}`
}

/** What these keys were first used for. */
export async function registrationsByKey(tx: Client, keys: string[]): Promise<Map<string | null, Registration>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.$queryRaw<Registration[]>`
    SELECT ${names(columns)} FROM "Registration" WHERE key IN (SELECT value FROM ${each(keys)})`
  return new Map(rows.map((row) => [row.key, row]))
}

export async function readProgress(read: Client, id: string): Promise<Progress | undefined> {
  const [found] = await read.$queryRaw<Progress[]>`
    SELECT "hasPhone", "mailAt", "smsAt", "smsFailedAt" FROM "Registration" WHERE id = ${id}`
  return found
}

/** Deletes registrations that nobody watches any more. */
export const pruneRegistrations: Prune<Client> = async (tx, now, limit) => tx.$executeRaw`
  DELETE FROM "Registration"
  WHERE id IN (SELECT id FROM "Registration" WHERE at < ${now - KEPT_MS} ORDER BY at LIMIT ${limit})`
