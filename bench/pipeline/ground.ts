import type { Place } from '../../shared/store/place.ts'
import type { Round } from '../contest.ts'
import { numberIn } from '../postgres/number-in.ts'
import { startBenchPostgres } from '../postgres/server.ts'
import { withPostgres } from '../postgres/with-postgres.ts'
import { cpuMsOf, familyCpuMsOf } from '../usage.ts'

/** What a shop of one round stands on: where its tables are, and what Redis and the database have used so far. */
export type Ground = {
  place: Place
  redisUrl: string
  used(): Promise<Used>
  clear(): Promise<void>
}

/** CPU time is undefined on a system that does not tell. WAL is what PostgreSQL wrote ahead, commits those of everybody. */
export type Used = { redisMs: number | undefined; postgresMs?: number | undefined; walBytes?: number; commits?: number }

/** SQLite files in the round's folder. */
export async function onSqlite({ folder, redisUrl, redisPid }: Round): Promise<Ground> {
  return { place: folder, redisUrl, used: async () => ({ redisMs: cpuMsOf([redisPid]) }), clear: async () => {} }
}

/** A PostgreSQL of the round's own. */
export async function onPostgres({ folder, redisUrl, redisPid }: Round): Promise<Ground> {
  const { url, pid, stop } = await startBenchPostgres(folder)
  const used = () =>
    withPostgres(url, async (client) => ({
      redisMs: cpuMsOf([redisPid]),
      postgresMs: familyCpuMsOf(pid),
      walBytes: await numberIn(client, `SELECT pg_current_wal_insert_lsn() - '0/0'`),
      commits: await numberIn(client, `SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()`),
    }))
  return { place: url, redisUrl, used, clear: stop }
}
