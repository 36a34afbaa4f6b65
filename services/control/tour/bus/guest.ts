import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { guestFailsIn, guestFlagIn, guestFolderIn, hasGuest } from '../../../../shared/guest.ts'
import { guestKey } from '../../../../shared/keys.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import type { Demo } from '../../demo/demo.ts'
import type { BusNow } from './bus-answer.ts'
import { routesDiff } from './diff.ts'

const NAME = 'loyalty'
const SENDER = 'payment'
const ANSWER_LIMIT_MS = 1_000
const DRAIN_MS = 20_000 // then what still waits for it stays with its sender until it comes again
const LOOK_MS = 250

const beat = z.object({ at: z.number(), url: z.string().nullable() })
const points = z.object({ orders: z.int(), points: z.int() })

type Deps = { demo: Demo; redis: Redis; dataDir: string }
export type Guest = ReturnType<typeof createGuest>

/** The subscriber of `examples/loyalty`, added to the shop while it runs: it is started, and its sender learns of it at its next start. */
export function createGuest({ demo, redis, dataDir }: Deps) {
  const stateNow = async () => (await demo.onDemand()).find(({ name }) => name === NAME)?.state ?? 'stopped'
  const restartSender = async () => {
    await demo.control('stop', SENDER)
    await demo.control('start', SENDER)
  }
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
    await writeFile(guestFlagIn(dataDir), String(process.ppid))
    await demo.control('start', NAME)
    await restartSender()
  }
  const leave = async () => {
    if (!isThere()) return
    await rm(guestFailsIn(dataDir), { force: true })
    await demo.control('start', NAME)
    for (const since = Date.now(); Date.now() - since < DRAIN_MS && !(await isDrained(redis)); ) await delay(LOOK_MS)
    await rm(guestFlagIn(dataDir), { force: true })
    await restartSender()
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
    /** All is as it was before it came; what is on its way is heard first. */
    leave: () => inTurn(leave),
    look: async (): Promise<BusNow> => ({
      state: isThere() ? await stateNow() : 'absent',
      waiting: await redis.llen(guestKey('queue')).catch(() => null),
      points: isThere() ? await pointsOf(redis).catch(() => null) : null,
      diff: routesDiff(),
    }),
  }
}

/** Twice in a row, for what is being settled may be pushed again. */
async function isDrained(redis: Redis): Promise<boolean> {
  const look = () => redis.llen(guestKey('queue')).catch(() => 1)
  if ((await look()) > 0) return false
  await delay(2 * LOOK_MS)
  return (await look()) === 0
}

async function pointsOf(redis: Redis): Promise<BusNow['points']> {
  const beats = Object.values(await redis.hgetall(guestKey('workers'))).map((text) => beat.parse(JSON.parse(text)))
  const url = beats.toSorted((a, b) => b.at - a.at)[0]?.url
  if (!url) return null
  const answer = await fetch(new URL('/points', url), { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  return points.parse(await answer.json())
}
