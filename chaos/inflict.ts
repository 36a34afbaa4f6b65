import type { Fault } from './fault.ts'
import { meddle, poison, repeat, shuffle } from './hurt-lists.ts'
import { freeze, kill, terminate } from './hurt-processes.ts'
import { deleteKey, restoreOldDump } from './hurt-redis.ts'
import type { Redis } from './redis-door.ts'
import type { Shop } from './shop.ts'
import { flip } from './switches.ts'

export type Target = { shop: Shop; redis: Redis }

/** Does what a fault says, to its end. Rejects when it could not be done, as when the victim is dead already. */
export async function inflict(fault: Fault, target: Target): Promise<void> {
  const { shop, redis } = target
  switch (fault.kind) {
    case 'kill':
      return kill(fault.victim, shop)
    case 'terminate':
      return terminate(fault.victim, shop)
    case 'freeze':
      return freeze(fault.victim, fault.forMs, shop)
    case 'flush':
      return void (await redis.flushall())
    case 'cut connections':
      return void (await redis.call('CLIENT', 'KILL', 'TYPE', 'normal'))
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
    default:
      return flip(fault, shop)
  }
}
