import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from '../../../../shared/store/redis.ts'
import { nodesOf } from '../../../../shared/store/redis-nodes.ts'
import type { Demo } from '../../demo/demo.ts'
import type { Stage } from './stage.ts'
import type { Kind, Talk } from './talk-shape.ts'

const BETWEEN_MS = 400
const AWAY_BETWEEN_MS = 1_000 // five of them are the time a window is closed
const NOTES = 5
const SETTLE_MS = 20_000
const CALM_MS = 1_500 // what was said last is heard
const LOOK_MS = 100

type Deps = { demo: Pick<Demo, 'control'>; redis: Redis; end: AbortSignal }

/** Says five things to all listeners while something is broken, and a sixth when it is over. Resolves when all is heard that ever will be. */
export async function holdTalk(stage: Stage, talk: Talk, id: string, deps: Deps): Promise<void> {
  const say = async () => {
    talk.said++
    await stage.say(id, talk.said)
  }
  await say()
  await during[talk.kind](stage, say, deps)
  await until(() => isAllBack(stage), deps.end)
  await say()
  await until(() => stage.listeners.heard()?.ours.missed === 0, deps.end)
  await delay(CALM_MS)
}

type During = (stage: Stage, say: () => Promise<void>, deps: Deps) => Promise<void>

/** What happens while the other four are said. */
const during: Record<Kind, During> = {
  talk: (_stage, say, { end }) => sayOn(say, BETWEEN_MS, end),
  kill: async ({ plain }, say, { demo, end }) => {
    await Promise.all([demo.control('kill', 'live'), plain.kill(), sayOn(say, BETWEEN_MS, end)])
  },
  cut: async (_stage, say, { redis, end }) => {
    const sayCut = async () => {
      await Promise.all(nodesOf(redis, 'all').map((node) => node.call('CLIENT', 'KILL', 'TYPE', 'pubsub')))
      await say()
    }
    await sayOn(sayCut, BETWEEN_MS, end)
  },
  away: async ({ listeners }, say, { end }) => {
    listeners.tell({ do: 'first', what: 'leaves' })
    await sayOn(say, AWAY_BETWEEN_MS, end)
    await delay(AWAY_BETWEEN_MS)
    listeners.tell({ do: 'first', what: 'returns' })
  },
}

async function sayOn(say: () => Promise<void>, betweenMs: number, end: AbortSignal): Promise<void> {
  for (let i = 1; i < NOTES && !end.aborted; i++) {
    await delay(betweenMs)
    await say()
  }
}

function isAllBack({ listeners }: Stage): boolean {
  const heard = listeners.heard()
  return heard !== null && heard.ours.open === heard.listeners && heard.plain.open === heard.listeners
}

/** Waits until it is so; for a while, and not longer than the talk goes on. */
async function until(isSo: () => boolean, end: AbortSignal): Promise<void> {
  for (const untilMs = performance.now() + SETTLE_MS; !isSo() && !end.aborted; await delay(LOOK_MS))
    if (performance.now() > untilMs) return
}
