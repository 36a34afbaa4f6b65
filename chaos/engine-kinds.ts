import { AWAY, postgresKinds } from './database-deed.ts'
import type { Engine } from './engines.ts'
import { clusterKinds, type Kind } from './fault.ts'

/** Kinds of faults that only an engine can have. */
const OF_ENGINE: Record<Engine, readonly Kind[]> = {
  postgres: [...postgresKinds, AWAY],
  'redis-cluster': clusterKinds,
}

const ITS_OWN_REDIS = 'its Redis is no process of the launcher, with files where we know them'
const FILES = 'it has no SQLite files'

/** Kinds that only what the shop brings can have, and why. */
const NOT_WITH: Record<Engine, ReadonlyMap<Kind, string>> = {
  postgres: new Map((['disk full', 'failing disk', 'lock'] as const).map((kind) => [kind, FILES])),
  'redis-cluster': new Map(
    (['old dump', 'read-only', 'rival', 'neighbour'] as const).map((kind) => [kind, ITS_OWN_REDIS]),
  ),
}

const all = Object.values(OF_ENGINE).flat()

/** Of these kinds those that can be done to a shop on these engines, and what only they can have. */
export function kindsOn(wanted: readonly Engine[], kinds: readonly Kind[]): Kind[] {
  const theirs = wanted.flatMap((engine) => OF_ENGINE[engine]).filter((kind) => kind !== AWAY)
  return [...new Set([...kinds, ...theirs])].filter((kind) => whyNotOn(wanted, kind) === undefined)
}

/** Why a fault of that kind cannot be done to a shop on these engines; undefined where it can. */
export function whyNotOn(wanted: readonly Engine[], kind: Kind): string | undefined {
  const unfit = wanted.map((engine) => NOT_WITH[engine].get(kind)).find((why) => why !== undefined)
  if (unfit !== undefined) return unfit
  const isTheirs = wanted.some((engine) => OF_ENGINE[engine].includes(kind))
  const [owner] = Object.entries(OF_ENGINE).flatMap(([engine, own]) => (own.includes(kind) ? [engine] : []))
  return isTheirs || !all.includes(kind) ? undefined : `it takes --engines ${owner}`
}
