import { setTimeout as delay } from 'node:timers/promises'
import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { lossesOf } from './sale/losses.ts'
import { type MortalRedis, startMortalRedis } from './sale/mortal-redis.ts'
import { ourStage } from './sale/our-stage.ts'
import type { Place, Stage } from './sale/stage.ts'
import { theirStage } from './sale/their-stage.ts'

const OURS = 'Orderline'
const LOSSES = ['oversold', 'soldTwice', 'unsold', 'winnersToldNo', 'ordersLost']

/** What a flash sale gets wrong while its processes die. */
export const saleKills = kills('sale-kills', 'which comes back with its file', false)

/** The same with a Redis that forgets. */
export const saleKillsEmpty = kills('sale-kills-empty', 'which comes back empty', true)

const COMING_MS = 6_000
const KILLING_MS = 12_000
const KILL_EVERY_MS = 750
const WORK_MS = 250 // at least, between two of them
const REDIS_EVERY = 4

function kills(name: string, how: string, forgets: boolean): Contest {
  const contestant = (name: string, open: Open): Contestant => ({ name, play: (round) => play(round, forgets, open) })
  return {
    name,
    what:
      `Buyers for half as many units come within 6 s, and for 12 s who works is killed every 750 ms, but every fourth time ` +
      `Redis, ${how}. A buyer looks every two seconds, asks again after eight without a word, gives up after 90, and looks once more at last. At ours ` +
      'sale (its door, too), order, inventory and payment die in turn, and a unit is sold when it is paid; the doors of the ' +
      'others are spared, of their two workers one dies at a time, and a unit is sold when the order is in SQLite. Seckill: ' +
      'DECR decides, a list carries the order to whoever writes it. The tutorial’s loop: LPUSH, BRPOP, a status hash.',
    units: {
      ...{ oversold: 'units', soldTwice: 'units', unsold: 'units' },
      ...{ winnersToldNo: 'buyers', ordersLost: 'buyers', seconds: 's' },
    },
    size: 1_500,
    quickSize: 200,
    rounds: 3,
    contestants: [
      contestant(OURS, ourStage),
      contestant('seckill: a counter and a list in Redis', peer('seckill')),
      contestant('the tutorial’s loop', peer('tutorial-sale')),
    ],
    goals: LOSSES.map((figure) => ({ figure, ours: OURS, atMost: 0 })),
  }
}

type Open = (place: Place) => Promise<Stage>

function peer(script: string): Open {
  const scripts = { door: `peers/${script}-door.js`, worker: `peers/${script}-worker.js` }
  return (place) => theirStage(scripts, place)
}

async function play({ folder, size, say }: Round, forgets: boolean, open: Open): Promise<Figures> {
  const units = Math.floor(size / 2)
  const redis = await startMortalRedis(folder, forgets)
  const stage = await open({ folder, redis, units })
  try {
    const sinceMs = performance.now()
    const crowd = { count: size, perSecond: size / (COMING_MS / 1_000) }
    const [heard, kills] = await Promise.all([stage.come(crowd), killOn(stage, redis)])
    const seconds = (performance.now() - sinceMs) / 1_000
    say(`${kills} kills, ${heard.filter(({ word }) => word === 'won').length} of ${units} told that they have a unit`)
    const sold = await stage.soldTo()
    const later = new Map((await stage.lookAgain()).map((one) => [one.buyer, one]))
    return { ...lossesOf({ units, sold, heard: heard.map((one) => later.get(one.buyer) ?? one) }), seconds }
  } finally {
    await stage.close()
    await redis.end()
  }
}

/**
 * Kills while buyers come and while their orders are under way, at the same moments whoever plays; but who has just been started
 * again gets to work before it dies once more. Resolves with how often.
 */
async function killOn(stage: Stage, redis: MortalRedis): Promise<number> {
  const startMs = performance.now()
  const count = KILLING_MS / KILL_EVERY_MS
  for (let n = 1; n <= count; n++) {
    await delay(Math.max(startMs + n * KILL_EVERY_MS - performance.now(), WORK_MS))
    await (n % REDIS_EVERY === 0 ? redis.kill() : stage.killWorker())
  }
  return count
}
