import { type Columns, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Finding } from './judge-minute.ts'
import { MINUTE_MS } from './rollups.ts'

const OVER_MS = 5 * MINUTE_MS // for so long it must not have been so any more
const TOLD_MAX = 50

/** A finding for as long as it goes on: `lastAt` is the last minute in which it was so; `until` is null while it goes on. */
export type Anomaly = Finding & { since: number; lastAt: number; until: number | null }

const columns: Columns<Anomaly> = [
  ...(['service', 'msg', 'kind', 'perMinute', 'usualLow', 'usualHigh', 'minutes', 'basis'] as const),
  ...(['since', 'lastAt', 'until'] as const),
]

/** Notes what was found in a minute (ms). Returns what has begun by it, and what is over. */
export async function noteFindings(tx: Client, findings: Finding[], minute: number) {
  const open = new Set((await openOnes(tx)).map(keyOf))
  const rows: Anomaly[] = findings.map((one) => ({ ...one, since: minute, lastAt: minute, until: null }))
  if (rows.length > 0)
    await tx.$executeRaw`
      ${insert('Anomaly', columns, rows)}
      ON CONFLICT (service, msg, kind) WHERE until IS NULL DO UPDATE SET
        "lastAt" = excluded."lastAt",
        "perMinute" = CASE WHEN (excluded."perMinute" > "Anomaly"."perMinute") = (excluded.kind <> 'less')
          THEN excluded."perMinute" ELSE "Anomaly"."perMinute" END`
  const over = await tx.$queryRaw<Anomaly[]>`
    UPDATE "Anomaly" SET until = "lastAt" + ${MINUTE_MS}
    WHERE until IS NULL AND "lastAt" <= ${minute - OVER_MS} RETURNING ${names(columns)}`
  return { begun: rows.filter((one) => !open.has(keyOf(one))), over }
}

/** Those that went on at `since` or later, the newest first. */
export function anomaliesSince(read: Client, since: number): PromiseLike<Anomaly[]> {
  return read.$queryRaw<Anomaly[]>`
    SELECT ${names(columns)} FROM "Anomaly" WHERE "lastAt" >= ${since} ORDER BY since DESC, id DESC LIMIT ${TOLD_MAX}`
}

function openOnes(tx: Client): PromiseLike<Anomaly[]> {
  return tx.$queryRaw<Anomaly[]>`SELECT ${names(columns)} FROM "Anomaly" WHERE until IS NULL`
}

const keyOf = ({ service, msg, kind }: Anomaly) => `${service} ${msg} ${kind}`
