import type { Prune } from '../../shared/protocol/prune.ts'
import type { Client } from './db.ts'

const DAY_MS = 24 * 3_600_000
const KEPT_MS = 31 * DAY_MS // sums are small, and say what is usual

/** Forgets what was added up of lines that are long gone, and of those that were never: a line may say any time. */
export const forgetSums: Prune<Client> = async (tx, now, limit) => {
  const [before, after] = [now - KEPT_MS, now + DAY_MS]
  const rollups = await tx.$executeRaw`
    DELETE FROM "Rollup" WHERE (minute, service, msg, level) IN (
      SELECT minute, service, msg, level FROM "Rollup" WHERE minute < ${before} OR minute > ${after} LIMIT ${limit})`
  const counts = await tx.$executeRaw`
    DELETE FROM "ErrorCount" WHERE (minute, fingerprint) IN (
      SELECT minute, fingerprint FROM "ErrorCount" WHERE minute < ${before} OR minute > ${after} LIMIT ${limit})`
  const kinds = await tx.$executeRaw`
    DELETE FROM "ErrorKind" WHERE fingerprint IN (
      SELECT fingerprint FROM "ErrorKind" WHERE "lastAt" < ${before} OR "lastAt" > ${after} LIMIT ${limit})`
  const anomalies = await tx.$executeRaw`
    DELETE FROM "Anomaly" WHERE id IN (SELECT id FROM "Anomaly" WHERE "lastAt" < ${before} LIMIT ${limit})`
  return Math.max(rollups, counts, kinds, anomalies)
}

/** Forgets how far orders have come that are as old as lines may be. */
export const forgetProgress =
  ({ days }: { days: number }): Prune<Client> =>
  async (tx, now, limit) =>
    tx.$executeRaw`
      DELETE FROM "Progress" WHERE "order" IN (
        SELECT "order" FROM "Progress" WHERE at < ${now - days * DAY_MS} OR at > ${now + DAY_MS} LIMIT ${limit})`
