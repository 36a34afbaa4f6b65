import { type Queue, type Service, SHARDS_MAX, services, shardsOf } from './routes.ts'

/**
 * Into how many shards the lists of services are split; where nothing is said, one. Any two programs may go by different
 * numbers: whoever sends decides, and whoever pops asks all that may hold something.
 */
export type Shards = Partial<Record<Service, number>>

/**
 * Where in a list something about this subject is put: all about one subject in the same shard, so that it stays in its order.
 * Lanes are not split.
 */
export function shardFor(list: Queue, subject: string, shards: Shards): Queue {
  const service = services.find((name) => name === list)
  const count = (service && shards[service]) ?? 1
  return service === undefined || count === 1 ? list : (shardsOf(service, count)[hashOf(subject) % count] ?? list)
}

/** All shards that a list may have, or as many as are said; only itself where it is a lane. */
export function shardsIn(list: Queue, shards?: Shards): Queue[] {
  const service = services.find((name) => name === list)
  return service === undefined ? [list] : shardsOf(service, shards ? (shards[service] ?? 1) : SHARDS_MAX)
}

/** The list that it is a shard of, or itself. */
export const wholeOf = <L extends string>(list: L): L | Service =>
  services.find((name) => list.startsWith(`${name}.`)) ?? list

/** FNV-1a. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
