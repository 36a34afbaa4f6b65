import type { Prune } from '../../../shared/protocol/prune.ts'
import { each } from '../../../shared/store/sql.ts'
import type { Client } from '../db.ts'

const DAY_MS = 24 * 3_600_000
const KEPT_MS = 30 * DAY_MS // longer than any mail is tried
const WAITS_MS = 365 * DAY_MS // who has waited for longer does not any more

/** Deletes alerts that are over, or were never confirmed, and what has become too old, with their mails and bounces. */
export const pruneAlerts: Prune<Client> = async (tx, now, limit) => {
  const old = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Alert"
    WHERE "askedAt" < ${now - KEPT_MS}
      AND (state IN ('asked', 'stopped') OR state = 'told' AND "toldAt" < ${now - KEPT_MS} OR "askedAt" < ${now - WAITS_MS})
    ORDER BY "askedAt" LIMIT ${limit}`
  const ids = each(old.map(({ id }) => id))
  await tx.$executeRaw`DELETE FROM "AlertMail" WHERE alert IN (SELECT value FROM ${ids})`
  await tx.$executeRaw`DELETE FROM "Bounce" WHERE subject IN (SELECT value FROM ${ids})`
  return tx.$executeRaw`DELETE FROM "Alert" WHERE id IN (SELECT value FROM ${ids})`
}
