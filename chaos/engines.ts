import { readLaunchConfig } from '../launcher/launch-config.ts'
import { postgresPrograms } from './hosts/room.ts'
import { Postgres } from './postgres.ts'
import { type RedisCluster, startRedisCluster } from './redis-cluster.ts'
import { sharedSecrets } from './shared-secrets.ts'

/** What a shop can be run on in place of what it brings. */
export const engines = ['postgres', 'redis-cluster'] as const
export type Engine = (typeof engines)[number]

/** Those of one run: what the shop is told of them, and what of them can be hurt. */
export type Engines = {
  env: NodeJS.ProcessEnv
  cluster: RedisCluster | undefined
  postgres: Postgres | undefined
  /** Lets all of it be well again. */
  mend(): Promise<void>
  stop(): Promise<void>
}

const REPLICAS = 3

/** Starts throw-away engines, each empty. Those that are not wanted the shop brings itself. Throws where one is not to be had. */
export async function startEngines(wanted: readonly Engine[] = []): Promise<Engines> {
  const postgres = wanted.includes('postgres') ? await Postgres.start(postgresPrograms()) : undefined
  const cluster = wanted.includes('redis-cluster')
    ? await startRedisCluster(readLaunchConfig().redisServer, REPLICAS).catch(async (cause) => {
        await postgres?.stop()
        throw cause
      })
    : undefined
  const all = [postgres, cluster]
  return {
    env: {
      ...(cluster !== undefined && { REDIS_URL: cluster.url }),
      ...(postgres !== undefined && { DATABASE_URL: postgres.url, ...sharedSecrets() }),
    },
    cluster,
    postgres,
    mend: async () => void (await Promise.all(all.map((one) => one?.mend()))),
    stop: async () => void (await Promise.all(all.map((one) => one?.stop()))),
  }
}
