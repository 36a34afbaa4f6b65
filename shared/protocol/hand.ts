import type { Limits } from '../handler.ts'
import type { Health } from '../health.ts'
import type { Queue } from '../routes.ts'
import type { Sql } from '../store/database.ts'
import { connectBlocking, type RedisAddress } from '../store/redis.ts'
import { unblocker } from '../store/redis-nodes.ts'
import { Consumer, type ConsumerDeps } from './consumer.ts'
import { createHeld, type HopTimes } from './held.ts'
import { type Passage, WayOut } from './outside.ts'
import { Processor } from './processor.ts'
import type { WorkerContext } from './worker-context.ts'

/** One hand of a worker: it pops from its lists, and what waits in it, or for its way out, holds up no other hand. */
export type Hand = {
  counts: Readonly<{ handled: number; retried: number; buried: number }>
  /** Pops from this list, too, from now on: by itself, for it may be on another node. */
  reachFor(list: Queue): void
  held(): number
  /** How long messages waited for it, and were worked on. */
  times(): HopTimes
  /** How its way out stands. */
  passage(): Passage
  setPace(perSecond: number | undefined): void
  /** So many workers share its rate. */
  share(workers: number): void
  /** Pops no more, and finishes what it holds. */
  stop(): Promise<void>
}

export type HandDeps<Client> = Omit<WorkerContext<Client>, 'outside' | 'log' | 'held'> & {
  address: RedisAddress
  health: Health
  lists: Queue[]
  limits: Limits | undefined
  onLost(): void
  mayPop(): boolean
}

/** Starts to pop from these lists, and works on what comes. */
export function startHand<Client extends Sql>(deps: HandDeps<Client>): Hand {
  const { log } = deps.health
  const outside = new WayOut(log, deps.limits)
  const held = createHeld(deps.stamps.last)
  const processor = new Processor({ ...deps, log, outside, held })
  const popping = startPopping(deps, processor)
  return {
    counts: processor.counts,
    reachFor: (list) => popping.reach([list]),
    held: () => processor.held(),
    times: held.times,
    passage: () => outside.state(),
    setPace: (perSecond) => outside.setPace(perSecond),
    share: (workers) => outside.share(workers),
    stop: async () => {
      await popping.stop()
      outside.stop()
      await processor.stop()
    },
  }
}

type PoppingDeps = Omit<ConsumerDeps, 'blocking' | 'processor'> & { address: RedisAddress }

/** Pops from these lists, over a connection of its own; and over one more for each list that it reaches for. */
function startPopping(deps: PoppingDeps, processor: ConsumerDeps['processor']) {
  const stopping = new AbortController()
  const loops: Popping[] = []
  const shareOf = (room: number) => Math.ceil(room / loops.length) // or each would take for itself what there is room for
  const sharing = {
    ready: () => processor.ready(),
    take: (raws: string[], list: Queue) => processor.take(raws, list),
    room: () => shareOf(processor.room()),
    capacity: () => shareOf(processor.capacity()),
  }
  const reach = (lists: Queue[]) => {
    if (!stopping.signal.aborted) loops.push(popFrom({ ...deps, lists, processor: sharing }, stopping.signal))
  }
  const stop = async () => {
    stopping.abort()
    await Promise.all(loops.map((loop) => loop.stop()))
  }
  reach(deps.lists)
  return { reach, stop }
}

type Popping = { stop(): Promise<void> }

/** Pops until the signal; `stop` ends the wait. */
function popFrom(deps: PoppingDeps & Pick<ConsumerDeps, 'processor'>, signal: AbortSignal): Popping {
  const blocking = connectBlocking(deps.address, deps.health)
  const unblock = unblocker(blocking, deps.redis)
  const consuming = new Consumer({ ...deps, blocking }).run(signal)
  return {
    stop: async () => {
      await Promise.all([consuming, unblock()])
      blocking.disconnect()
    },
  }
}
