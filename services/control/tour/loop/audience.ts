import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../../../../shared/logger.ts'
import { type EventStream, eventOf } from '../../../../shared/web/event-stream.ts'
import { hearSteps } from '../hear-steps.ts'
import type { watchPairs } from './watch-pairs.ts'

const LOOK_MS = 250
const AWAY_MS = 4_000 // a page that is loaded anew is back within this time

/** A page, as it is told what is seen. */
export type Stream = Pick<EventStream, 'pass' | 'end'>

type Deps = {
  watched: Pick<ReturnType<typeof watchPairs>, 'now' | 'look' | 'hear'>
  /** The first has come. */
  begin(): Promise<void>
  /** The last has gone, and did not come back. */
  end(): Promise<void>
  log: Logger
}

/** Those who look at the loop: as long as there is one, its programs are heard and looked at, and all are told. */
export function createAudience({ watched, begin, end, log }: Deps) {
  const streams = new Set<Stream>()
  const telling = createTelling(watched, streams)
  let unhear: (() => void) | null = null
  const deafen = () => {
    unhear?.()
    unhear = null
  }
  const leave = async (stream: Stream) => {
    streams.delete(stream)
    if (streams.size === 0) await delay(AWAY_MS, undefined, { ref: false })
    if (streams.size > 0) return
    deafen()
    await end().catch((error) => log.warn({ err: error }, 'loop.end.failed'))
  }
  return {
    isThere: (): boolean => streams.size > 0,
    /** Shows it to a page until what is returned is called. */
    join: (stream: Stream): (() => void) => {
      streams.add(stream)
      telling.greet(stream)
      unhear ??= hearSteps(watched.hear)
      begin().catch((error) => log.warn({ err: error }, 'loop.start.failed'))
      void telling.goOn(log)
      return () => void leave(stream)
    },
    forget: telling.forget,
    stop: (): void => {
      for (const stream of streams) stream.end()
      streams.clear()
      deafen()
    },
  }
}

/** Looks again and again while anyone is there, and tells them when something is different. */
function createTelling(watched: Pick<Deps['watched'], 'now' | 'look'>, streams: ReadonlySet<Stream>) {
  let told = ''
  let isLooking = false
  const shown = () => eventOf(`{"at":${Date.now()},${told.slice(1)}`)
  const tell = () => {
    const now = JSON.stringify(watched.now())
    if (now === told) return
    told = now
    for (const stream of streams) stream.pass(shown())
  }
  return {
    greet: (stream: Stream): void => {
      if (told !== '') stream.pass(shown())
    },
    goOn: async (log: Logger): Promise<void> => {
      if (isLooking) return
      isLooking = true
      for (; streams.size > 0; await delay(LOOK_MS)) {
        await watched.look(Date.now()).catch((error) => log.debug({ err: error }, 'loop.look.failed')) // Redis is away, or order is
        tell()
      }
      isLooking = false
    },
    /** Or whoever comes next would be shown what is gone. */
    forget: (): void => {
      told = ''
    },
  }
}
