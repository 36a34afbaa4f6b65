import type { Books } from './books.ts'
import type { Clocks } from './clocks.ts'
import { isDatabaseDeed } from './database-deed.ts'
import type { Fault, Kind } from './fault.ts'
import { isHostDeed } from './hosts/host-deed.ts'
import { failOver, freezeNode, killMaster, moveQueue } from './hurt-cluster.ts'
import { failWrites, fillDisk, lock } from './hurt-disk.ts'
import { forgetReceiver, loseDatabase } from './hurt-history.ts'
import { meddle, poison, repeat, shuffle } from './hurt-lists.ts'
import { hurtPostgres } from './hurt-postgres.ts'
import { freeze, kill, terminate } from './hurt-processes.ts'
import { deleteKey, restoreOldDump } from './hurt-redis.ts'
import type { Neighbour } from './neighbour.ts'
import { pause } from './pause.ts'
import type { Postgres } from './postgres.ts'
import type { Say } from './progress.ts'
import type { RedisCluster } from './redis-cluster.ts'
import { atEach, type Redis, untilThere } from './redis-door.ts'
import { demote, refuse } from './refuse.ts'
import { competeWith } from './rival.ts'
import type { Shop } from './shop.ts'
import type { SmallDisk } from './small-disk.ts'
import { flip } from './switches.ts'
import type { Lines } from './write-lines.ts'

/** What can be hurt, and what it takes; a fault whose means are not to be had is not in the plan. */
export type Target = {
  shop: Shop
  redis: Redis
  disk: SmallDisk | undefined
  clocks: Clocks | undefined
  neighbour: Neighbour | undefined
  lines: Pick<Lines, 'rotate'> | undefined
  cluster: RedisCluster | undefined
  postgres: Postgres | undefined
  books: Books
  say: Say
}

/** Does what a fault says, to its end. Rejects when it could not be done, as when the victim is dead already. */
export async function inflict(fault: Fault, target: Target): Promise<void> {
  const { shop, redis } = target
  if (byCommand.has(fault.kind)) await untilThere(redis)
  switch (fault.kind) {
    case 'kill':
      return kill(fault.victim, shop)
    case 'terminate':
      return terminate(fault.victim, shop)
    case 'freeze':
      return freeze(fault.victim, fault.forMs, shop)
    case 'flush':
      return shop.inTurn(() => atEach(redis, (server) => server.flushall()))
    case 'cut connections':
      return atEach(redis, (server) => server.call('CLIENT', 'KILL', 'TYPE', 'normal'))
    case 'cut pub/sub':
      return atEach(redis, (server) => server.call('CLIENT', 'KILL', 'TYPE', 'pubsub'))
    case 'old dump':
      return restoreOldDump(fault.ageMs, shop)
    case 'delete':
      return meddle(fault, shop, () => deleteKey(fault, redis))
    case 'repeat':
      return repeat(fault, target)
    case 'shuffle':
      return shuffle(fault, target)
    case 'poison':
      return poison(fault, redis)
    case 'refusal':
      return refuse(fault.what, fault.forMs, redis)
    case 'read-only':
      return demote(fault.forMs, redis)
    case 'disk full':
      return fillDisk(fault.forMs, needed(target.disk))
    case 'failing disk':
      return failWrites(fault.victim, fault.forMs, shop)
    case 'lock':
      return lock(fault, shop)
    case 'clock step':
      return needed(target.clocks).step(fault.whose, fault.byMs, fault.forMs)
    case 'rival':
      return competeWith(fault.service, target)
    case 'pause':
      return pause(fault, shop)
    case 'forget receiver':
      return forgetReceiver(fault, target)
    case 'lose database':
      return loseDatabase(fault.service, target)
    case 'rotate':
      return needed(target.lines).rotate()
    case 'kill master':
      return killMaster(fault, needed(target.cluster))
    case 'failover':
      return failOver(fault, needed(target.cluster))
    case 'move slot':
      return moveQueue(fault, needed(target.cluster))
    case 'freeze node':
      return freezeNode(fault, needed(target.cluster))
    case 'neighbour':
      return needed(target.neighbour).trade(fault.orders)
    default:
      if (isDatabaseDeed(fault)) return hurtPostgres(fault, { ...target, postgres: needed(target.postgres) })
      if (isHostDeed(fault)) throw new Error('all of this shop is on one host')
      return flip(fault, shop)
  }
}

/** What is done by a command to Redis. */
const byCommand: ReadonlySet<Kind> = new Set([
  ...(['flush', 'cut connections', 'cut pub/sub', 'delete', 'repeat', 'shuffle'] as const),
  ...(['poison', 'refusal', 'read-only', 'rival'] as const),
])

function needed<T>(means: T | undefined): T {
  if (means === undefined) throw new Error('what this fault takes is not there')
  return means
}
