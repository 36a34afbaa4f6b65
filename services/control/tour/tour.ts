import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../../../shared/logger.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import { type EventStream, eventOf } from '../../../shared/web/event-stream.ts'
import type { Demo } from '../demo/demo.ts'
import { hearCommands } from './hear-commands.ts'
import { hearSteps } from './hear-steps.ts'
import type { Command, Seen, Step } from './seen.ts'

const TELL_MS = 100
const COMMANDS_MAX = 40 // in one telling; nobody reads more
const AWAY_MS = 4_000 // a page that is loaded anew is back within this time

type Stream = Pick<EventStream, 'pass' | 'end'>

/** Who is on the tour, and what they see beyond the room's picture. Nobody there: all is as it was before. */
export type Tour = {
  /** Shows steps to a page, and commands if it wants them, until what is returned is called. */
  join(stream: Stream, wantsCommands: boolean): () => void
  /** All programs stand still for so long at each step (ms). */
  slowDown(ms: number): Promise<void>
  /** Takes back all that was done for the tour. */
  restore(): Promise<void>
  stop(): void
}

type Deps = { demo: Demo; redis: Redis; log: Logger }

export function createTour({ demo, redis, log }: Deps): Tour {
  const pages = new Map<Stream, boolean>()
  let seen = nothing()
  let slowMs = 0
  let timer: NodeJS.Timeout | undefined
  let unhearSteps: (() => void) | null = null
  let unhearCommands: (() => void) | null = null

  const tell = () => {
    if (seen.steps.length + seen.commands.length + seen.skipped === 0) return
    const event = eventOf(JSON.stringify({ ...seen, at: Date.now() }))
    seen = nothing()
    for (const stream of pages.keys()) stream.pass(event)
  }
  const hearStep = (step: Step) => void seen.steps.push(step)
  const hearCommand = (command: Command) => {
    if (seen.commands.length < COMMANDS_MAX) seen.commands.push(command)
    else seen.skipped++
  }
  const go = () => demo.steps({ isTold: pages.size > 0, slowMs })
  const look = () => {
    const wanted = [...pages.values()].some(Boolean)
    if (pages.size > 0) timer ??= setInterval(tell, TELL_MS)
    if (pages.size > 0) unhearSteps ??= hearSteps(hearStep)
    if (wanted) unhearCommands ??= hearCommands(redis, hearCommand)
    if (!wanted) unhearCommands = end(unhearCommands)
    if (pages.size > 0) return
    unhearSteps = end(unhearSteps)
    clearInterval(timer)
    timer = undefined
  }
  const restore = async () => {
    slowMs = 0
    await Promise.all([go(), demo.repair()])
  }
  const leave = async (stream: Stream) => {
    pages.delete(stream)
    look()
    await delay(AWAY_MS, undefined, { ref: false })
    if (pages.size === 0) await restore().catch((error) => log.warn({ err: error }, 'tour.restore.failed'))
  }
  return {
    join: (stream, wantsCommands) => {
      pages.set(stream, wantsCommands)
      look()
      go().catch((error) => log.warn({ err: error }, 'tour.steps.failed'))
      return () => void leave(stream)
    },
    slowDown: async (ms) => {
      slowMs = ms
      await go()
    },
    restore,
    stop: () => {
      for (const stream of pages.keys()) stream.end()
      pages.clear()
      look()
    },
  }
}

const nothing = (): Seen => ({ at: 0, steps: [], commands: [], skipped: 0 })

/** Hears no more. */
function end(unhear: (() => void) | null): null {
  unhear?.()
  return null
}
