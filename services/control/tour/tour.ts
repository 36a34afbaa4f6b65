import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../../../shared/logger.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import { type EventStream, eventOf } from '../../../shared/web/event-stream.ts'
import type { Demo } from '../demo/demo.ts'
import { createDebts, type Debts } from './debts.ts'
import { createEars } from './ears.ts'

const AWAY_MS = 4_000 // a page whose connection was cut is back within this time

type Stream = Pick<EventStream, 'pass' | 'end'>
/** What a page wants to see, and how slowly it wants the shop to go (ms at each step). */
export type Wish = { commands: boolean; slowMs: number }
type Page = { streams: Map<Stream, boolean>; slowMs: number }

/** Who is on the tour, each by a name of its own, and what they see beyond the room's picture. Nobody there: all is as it was before. */
export type Tour = {
  /** Shows steps to a page, and commands if it wants them, until what is returned is called. */
  join(page: string, stream: Stream, wish: Wish): () => void
  isThere(page: string): boolean
  /** All programs stand still for so long at each step (ms), or for longer where another page wants that. */
  slowDown(page: string, ms: number): Promise<void>
  /** Takes back what was done for this page. */
  restore(page: string): Promise<void>
  debts: Debts
  stop(): void
}

type Deps = { demo: Pick<Demo, 'steps'>; redis: Redis; log: Logger; awayMs?: number }

export function createTour({ demo, redis, log, awayMs = AWAY_MS }: Deps): Tour {
  const pages = new Map<string, Page>()
  const debts = createDebts()
  const streams = () => [...pages.values()].flatMap((page) => [...page.streams])
  const slowMs = () => [...pages.values()].reduce((most, page) => Math.max(most, page.slowMs), 0)
  const ears = createEars(redis, (seen) => {
    const event = eventOf(JSON.stringify({ ...seen, slowMs: slowMs() }))
    for (const [stream] of streams()) stream.pass(event)
  })
  const look = () => ears.want({ steps: streams().length > 0, commands: streams().some(([, wants]) => wants) })
  const go = async () => {
    await demo.steps({ isTold: streams().length > 0, slowMs: slowMs() })
    ears.tell()
  }
  const restore = async (name: string) => {
    const page = pages.get(name)
    if (page !== undefined) page.slowMs = 0
    await Promise.all([go(), debts.settle(name)])
  }
  const warn = (error: unknown) => log.warn({ err: error }, 'tour.restore.failed')
  const leave = async (name: string, page: Page, stream: Stream) => {
    page.streams.delete(stream)
    look()
    await delay(awayMs, undefined, { ref: false })
    if (page.streams.size > 0 || pages.get(name) !== page) return
    pages.delete(name)
    await restore(name).catch(warn)
  }
  return {
    join: (name, stream, wish) => {
      const page = pages.get(name) ?? { streams: new Map(), slowMs: wish.slowMs }
      pages.set(name, page)
      page.streams.set(stream, wish.commands)
      look()
      go().catch(warn)
      return () => void leave(name, page, stream)
    },
    isThere: (name) => pages.has(name),
    slowDown: async (name, ms) => {
      const page = pages.get(name)
      if (page !== undefined) page.slowMs = ms
      await go()
    },
    ...{ restore, debts },
    stop: () => {
      for (const [stream] of streams()) stream.end()
      pages.clear()
      look()
    },
  }
}
