import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { guestFailsIn, guestFlagIn, guestFolderIn, hasGuest } from '../../../../shared/guest.ts'
import { guestKey } from '../../../../shared/keys.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import type { Demo } from '../../demo/demo.ts'
import type { BusNow } from './bus-answer.ts'
import { routesDiff } from './diff.ts'

const NAME = 'loyalty'
const SENDER = 'payment'
const ANSWER_LIMIT_MS = 1_000
const DRAIN_MS = 60_000 // longer than a message is tried; then what still waits for it stays with its sender until it comes again
const LOOK_MS = 250
const WAITING = `/ops/waiting?${new URLSearchParams({ list: NAME, of: 'all', limit: '1' })}`

const beat = z.object({ at: z.number(), url: z.string().nullable() })
const points = z.object({ orders: z.int(), points: z.int() })

const waiting = z.object({ count: z.int() })

type Deps = { demo: Pick<Demo, 'control' | 'onDemand'>; redis: Redis; ask: Ask; dataDir: string }
export type Guest = ReturnType<typeof createGuest>

/** The subscriber of `examples/loyalty`, added to the shop while it runs: it is started, and its sender learns of it at its next start. */
export function createGuest({ demo, redis, ask, dataDir }: Deps) {
  const stateNow = async () => (await demo.onDemand()).find(({ name }) => name === NAME)?.state ?? 'stopped'
  /** How many messages its sender still answers for; null while that cannot be asked. */
  const owed = async () => waiting.safeParse((await ask(SENDER, WAITING))?.body).data?.count ?? null
  const forget = async () => {
    await demo.control('stop', NAME)
    const books = ['', '-wal', '-shm'].map((end) => join(guestFolderIn(dataDir), `${NAME}.db${end}`))
    await Promise.all(books.map((book) => rm(book, { force: true })))
  }
  const isThere = () => hasGuest(dataDir, process.ppid)
  let last: Promise<unknown> = Promise.resolve()
  /** It comes, goes and forgets one after the other: a page may have gone before it is there. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
  const come = async () => {
    await mkdir(guestFolderIn(dataDir), { recursive: true })
    await forget() // it comes as one who has heard nothing
    await rm(guestFailsIn(dataDir), { force: true })
    await writeFile(guestFlagIn(dataDir), String(process.ppid))
    await demo.control('start', NAME)
    await demo.control('restart', SENDER)
  }
  /** What an earlier control, or an earlier launcher, has not seen to its end. */
  const isOwed = async () => {
    await untilIn(DRAIN_MS, async () => (await owed()) !== null) // payment starts with us
    return ((await owed()) ?? 0) > 0
  }
  /** First its sender writes nothing more for it, and then what is left is heard. */
  const leave = async () => {
    const wasThere = isThere() || (await stateNow()) !== 'stopped'
    if (!wasThere && !(await isOwed())) return
    await rm(guestFailsIn(dataDir), { force: true })
    await demo.control('start', NAME)
    await rm(guestFlagIn(dataDir), { force: true })
    if (wasThere) await demo.control('restart', SENDER)
    await untilIn(DRAIN_MS, async () => (await owed()) === 0)
    await forget()
  }
  return {
    come: () => inTurn(come),
    kill: () => demo.control('kill', NAME),
    start: () => demo.control('start', NAME),
    /** Whether its handler fails at each third message. */
    fail: async (isOn: boolean): Promise<void> => {
      if (isOn) await writeFile(guestFailsIn(dataDir), '')
      else await rm(guestFailsIn(dataDir), { force: true })
    },
    /** It loses all that it has heard, and comes back. */
    forget: () =>
      inTurn(async () => {
        await forget()
        await demo.control('start', NAME)
      }),
    /** All is as it was before it came; what is on its way is heard. */
    leave: () => inTurn(leave),
    look: async (): Promise<BusNow> => ({
      state: isThere() ? await stateNow() : 'absent',
      waiting: await redis.llen(guestKey('queue')).catch(() => null),
      points: isThere() ? await pointsOf(redis).catch(() => null) : null,
      diff: routesDiff(),
    }),
  }
}

/** Resolves when it is so, or the time is over. */
async function untilIn(limitMs: number, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + limitMs; !(await isSo()) && performance.now() < end; ) await delay(LOOK_MS)
}

async function pointsOf(redis: Redis): Promise<BusNow['points']> {
  const beats = Object.values(await redis.hgetall(guestKey('workers'))).map((text) => beat.parse(JSON.parse(text)))
  const url = beats.toSorted((a, b) => b.at - a.at)[0]?.url
  if (!url) return null
  const answer = await fetch(new URL('/points', url), { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  return points.parse(await answer.json())
}
