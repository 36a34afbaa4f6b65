import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, each, names, records } from '../../shared/store/sql.ts'
import type { Key } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'

/** A key and what it stands for: an order, or something about one, by which its `answer` is found again. */
export type StoredKey = Key & { orderId: string; answer: string | null }

const columns: Columns<StoredKey> = ['key', 'fingerprint', 'orderId', 'answer']

/** How long a key is remembered. */
export const KEY_KEPT_MS = 7 * 24 * 3_600_000

/** Writes keys, in one order wherever it is done, or two groups would wait for each other. Returns the orders whose key was free: the unique key decides. */
export async function claimKeys(tx: Client, keys: StoredKey[], now: number): Promise<Set<string>> {
  const inOrder = keys.toSorted((one, other) => (one.key < other.key ? -1 : 1))
  const rows = await tx.$queryRaw<{ orderId: string }[]>`
    INSERT INTO "IdempotencyKey" (${names(columns)}, at)
    SELECT ${names(columns)}, CAST(${now} AS BIGINT) FROM ${records('IdempotencyKey', columns, inOrder)} AS new WHERE true
    ON CONFLICT DO NOTHING RETURNING "orderId"`
  return new Set(rows.map(({ orderId }) => orderId))
}

/** What these keys were first used for. */
export async function storedKeys(tx: Client, keys: string[]): Promise<Map<string, StoredKey>> {
  const rows = await tx.$queryRaw<StoredKey[]>`
    SELECT ${names(columns)} FROM "IdempotencyKey" WHERE key IN (SELECT value FROM ${each(keys)})`
  return new Map(rows.map((row) => [row.key, row]))
}

/** Deletes keys that no client can be expected to send again. */
export const pruneKeys: Prune<Client> = async (tx, now, limit) => tx.$executeRaw`
  DELETE FROM "IdempotencyKey"
  WHERE key IN (SELECT key FROM "IdempotencyKey" WHERE at < ${now - KEY_KEPT_MS} ORDER BY at LIMIT ${limit})`
