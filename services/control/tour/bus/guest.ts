import { rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { guestFailsIn } from '../../../../shared/guest.ts'
import { guestKey } from '../../../../shared/keys.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import { createTurns } from '../turns.ts'
import type { BusNow } from './bus-answer.ts'
import { routesDiff } from './diff.ts'
import { come, forget, isThere, leave, NAME, stateNow, type VisitDeps } from './visit.ts'

const ANSWER_LIMIT_MS = 1_000

const beat = z.object({ at: z.number(), url: z.string().nullable() })
const points = z.object({ orders: z.int(), points: z.int() })

export type Guest = ReturnType<typeof createGuest>

/** The subscriber of `examples/loyalty`, added to the shop while it runs. It comes, goes and forgets one after the other: a page may have gone before it is there. */
export function createGuest({ redis, ...deps }: VisitDeps & { redis: Redis }) {
  const { demo, dataDir } = deps
  const { inTurn } = createTurns()
  return {
    come: () => inTurn(() => come(deps)),
    kill: () => demo.control('kill', NAME),
    start: () => demo.control('start', NAME),
    /** Whether its handler fails at each third message. */
    fail: async (isOn: boolean): Promise<void> => {
      if (isOn) await writeFile(guestFailsIn(dataDir), '')
      else await rm(guestFailsIn(dataDir), { force: true })
    },
    /** It loses all that it has heard, and comes back. */
    forget: () => inTurn(() => forget(deps).then(() => demo.control('start', NAME))),
    /** All is as it was before it came; what is on its way is heard. */
    leave: () => inTurn(() => leave(deps)),
    look: async (): Promise<BusNow> => ({
      state: isThere(dataDir) ? await stateNow(demo) : 'absent',
      waiting: await redis.llen(guestKey('queue')).catch(() => null),
      points: isThere(dataDir) ? await pointsOf(redis).catch(() => null) : null,
      diff: routesDiff(),
    }),
  }
}

async function pointsOf(redis: Redis): Promise<BusNow['points']> {
  const beats = Object.values(await redis.hgetall(guestKey('workers'))).map((text) => beat.parse(JSON.parse(text)))
  const url = beats.toSorted((a, b) => b.at - a.at)[0]?.url
  if (!url) return null
  const answer = await fetch(new URL('/points', url), { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  return points.parse(await answer.json())
}
