import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '../../../../shared/config.ts'
import type { Logger } from '../../../../shared/logger.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import { type EventStream, eventOf } from '../../../../shared/web/event-stream.ts'
import type { Demo } from '../../demo/demo.ts'
import { hearSteps } from '../hear-steps.ts'
import { breaks } from './breaks.ts'
import type { Gap } from './gaps.ts'
import { createLeft } from './left.ts'
import type { BreakName } from './loop-answer.ts'
import { createMending } from './mending.ts'
import { createPairs } from './pairs.ts'
import { createRight } from './right.ts'
import { createTurns } from './turns.ts'
import { watchPairs } from './watch-pairs.ts'

const LOOK_MS = 250
const AWAY_MS = 4_000 // a page that is loaded anew is back within this time

type Stream = Pick<EventStream, 'pass' | 'end'>
type Deps = { demo: Demo; redis: Redis; ask: Ask; config: Config; log: Logger }

/** The tutorial's loop beside ours. Its programs run while somebody looks, and what they had is gone with whoever looked last. */
export type Loop = {
  /** Shows both sides to a page until what is returned is called. */
  join(stream: Stream): () => void
  /** Sends orders both ways. */
  send(count: number): Promise<void>
  /** Does the same break to both sides at the same moment; whatever was broken before is mended first. */
  break(kind: BreakName): Promise<void>
  /** One program dies at a step while an order goes both ways. */
  dieAt(gap: Gap): Promise<void>
  repair(): Promise<void>
  /** Stops what runs for it, unless somebody looks: a page may ask for something and never watch it. */
  end(): Promise<void>
  stop(): void
}

export function createLoop({ demo, redis, ask, config, log }: Deps): Loop {
  const streams = new Set<Stream>()
  const pairs = createPairs()
  const left = createLeft({ demo, redis, dataDir: config.DATA_DIR })
  const right = createRight(config, redis)
  const watched = watchPairs({ left, right, pairs, ask })
  const { inTurn, alone } = createTurns()
  let told = ''
  let isLooking = false
  let hasBegun = false
  let unhear: (() => void) | null = null

  const shown = () => eventOf(`{"at":${Date.now()},${told.slice(1)}`)
  const tell = () => {
    const now = JSON.stringify(watched.now())
    if (now === told) return
    told = now
    for (const stream of streams) stream.pass(shown())
  }
  const lookOn = async () => {
    if (isLooking) return
    isLooking = true
    for (; streams.size > 0; await delay(LOOK_MS)) {
      await watched.look(Date.now()).catch((error) => log.debug({ err: error }, 'loop.look.failed')) // Redis is away, or order is
      tell()
    }
    isLooking = false
  }
  const { start, disarm, mend } = createMending({ demo, left, watched, pairs })
  const send = async () => {
    pairs.expect()
    const order = await right.send()
    const pair = watched.add(order)
    await left.send(order.number)
    return pair
  }
  const begin = async () => {
    if (streams.size === 0 || hasBegun) return
    await left.clear()
    await start()
    hasBegun = true
  }
  const end = async () => {
    if (streams.size > 0) return
    await disarm()
    await left.stop()
    await left.clear()
    pairs.clear()
    told = '' // or whoever comes next would be shown what is gone
    hasBegun = false
  }
  const leave = async (stream: Stream) => {
    streams.delete(stream)
    if (streams.size > 0) return
    await delay(AWAY_MS, undefined, { ref: false })
    if (streams.size > 0) return
    unhear?.()
    unhear = null
    await inTurn(end).catch((error) => log.warn({ err: error }, 'loop.end.failed'))
  }
  inTurn(end).catch(() => {}) // what an earlier control has left running; Redis is not there yet, and is cleared at the beginning
  return {
    join: (stream) => {
      streams.add(stream)
      if (told !== '') stream.pass(shown())
      unhear ??= hearSteps(watched.hear)
      inTurn(begin).catch((error) => log.warn({ err: error }, 'loop.start.failed'))
      void lookOn()
      return () => void leave(stream)
    },
    send: (count) =>
      alone(async () => {
        await start()
        for (let i = 0; i < count; i++) await send()
      }),
    break: (kind) =>
      alone(async () => {
        await mend()
        const { at, pairs: sent } = await breaks[kind]({ demo, redis, left, right, send })
        pairs.tried({ kind, at, numbers: sent.map(({ number }) => number) })
      }),
    dieAt: ({ program, point }) =>
      alone(async () => {
        await mend()
        await demo.dieAt(program, point)
        const { number } = await send()
        pairs.tried({ kind: 'gap', at: null, numbers: [number] })
      }),
    repair: () => alone(mend),
    end: () => inTurn(end),
    stop: () => {
      for (const stream of streams) stream.end()
      streams.clear()
      unhear?.()
    },
  }
}
