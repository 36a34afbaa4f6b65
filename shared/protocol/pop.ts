import { queueKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import { isMoving, POP_WAIT_S, type Redis } from '../store/redis.ts'

const BULK_ROOM = 0.8 // of a hand; with less left, what has time is left in its list
const LOWEST_FIRST_EVERY = 10 // pops, so that what has time is not left there for ever
const LOWEST_SHARE = 0.1 // of a room that is short
const SHORT_WAIT_S = 0.02 // where not all lists are asked; there may be room for the last one soon

/** What came first, the list it was in, and how many may come from there in all; null when nothing has come. */
export type Pop = (room: number) => Promise<{ list: Queue; raw: string; most: number } | null>

/** Waits for what comes in any of these lists, which are asked in their order. `room` is for how many. */
export function createPop(lists: Queue[], blocking: Redis, capacity: () => number): Pop {
  const keys = lists.map(queueKey)
  let pops = 0
  return async (room) => {
    const isAll = keys.length === 1 || room >= BULK_ROOM * capacity()
    const isLowestFirst = ++pops % LOWEST_FIRST_EVERY === 0
    const inTurn = isLowestFirst ? keys.toReversed() : isAll ? keys : keys.slice(0, -1)
    const waited = blocking.brpop(inTurn, isAll ? POP_WAIT_S : SHORT_WAIT_S)
    const popped = await waited.catch((error) => (isMoving(error) ? popNow(inTurn, blocking) : Promise.reject(error)))
    const list = lists.find((one) => popped?.[0].endsWith(queueKey(one))) // the client puts a prefix before it, and leaves it there
    if (popped === null || list === undefined) return null
    const isShort = !isAll && list === lists.at(-1)
    return { list, raw: popped[1], most: isShort ? Math.ceil(LOWEST_SHARE * room) : room }
  }
}

/** While the slot of the lists moves to another node of a cluster, they can only be asked one by one. */
async function popNow(keys: string[], redis: Redis): Promise<[string, string] | null> {
  for (const key of keys) {
    const raw = await redis.rpop(key)
    if (raw !== null) return [key, raw]
  }
  return null
}
