import { readLaunchConfig } from '../launcher/launch-config.ts'
import { clusterKinds, type Kind } from './fault.ts'
import { type RedisCluster, startRedisCluster } from './redis-cluster.ts'

/** What a shop can be run on in place of what it brings. */
export const engines = ['redis-cluster'] as const
export type Engine = (typeof engines)[number]

/** Those of one run: what the shop is told of them, and what of them can be hurt. */
export type Engines = {
  env: NodeJS.ProcessEnv
  cluster: RedisCluster | undefined
  /** Lets all of it be well again. */
  mend(): Promise<void>
  stop(): Promise<void>
}

const REPLICAS = 3

/** Starts throw-away engines, each empty. Those that are not wanted the shop brings itself. */
export async function startEngines(wanted: readonly Engine[] = []): Promise<Engines> {
  const cluster = wanted.includes('redis-cluster')
    ? await startRedisCluster(readLaunchConfig().redisServer, REPLICAS)
    : undefined
  return {
    env: cluster === undefined ? {} : { REDIS_URL: cluster.url },
    cluster,
    mend: async () => cluster?.mend(),
    stop: async () => cluster?.stop(),
  }
}

/** Kinds of faults that only an engine can have. */
const OF_ENGINE: Record<Engine, readonly Kind[]> = {
  'redis-cluster': clusterKinds,
}

/** Kinds that only what the shop brings can have: its Redis is a process of its launcher, with files where we know them. */
const NOT_WITH: Record<Engine, readonly Kind[]> = {
  'redis-cluster': ['old dump', 'read-only', 'rival', 'neighbour'],
}

const all = Object.values(OF_ENGINE).flat()

/** Of these kinds those that can be done to a shop on these engines; and, where `isAll`, what only they can have. */
export function kindsOn(wanted: readonly Engine[], kinds: readonly Kind[], isAll = false): Kind[] {
  const theirs = wanted.flatMap((engine) => OF_ENGINE[engine])
  const unfit = wanted.flatMap((engine) => NOT_WITH[engine])
  const mixed = isAll ? [...new Set([...kinds, ...theirs])] : kinds
  return mixed.filter((kind) => !unfit.includes(kind) && (!all.includes(kind) || theirs.includes(kind)))
}
