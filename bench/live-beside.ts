import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { LiveCrowd } from './live/crowd.ts'
import { ourStage } from './live/our-stage.ts'
import { steadyLoad } from './steady-load.ts'

const WATCHED = 'Orderline, watched by a crowd'
const ALONE = 'Orderline, watched by nobody'

/** Whether a crowd that watches is felt by those who order. */
export const liveBeside: Contest = {
  name: 'live-beside',
  what:
    'POST /api/orders in the whole shop of npm start, 40 a second; a wait begins when it was the order’s turn. Meanwhile something is ' +
    'said each second, to 10,000 streams, or as many as a process may have files open, or to nobody.',
  units: { p50Ms: 'ms', p99Ms: 'ms', readers: '' },
  size: 10_000,
  quickSize: 500,
  rounds: 5,
  contestants: [contestant(WATCHED, 1), contestant(ALONE, 0)],
  goals: [{ figure: 'p99Ms', ours: WATCHED, than: ALONE, atMost: 1.1 }],
}

const PER_SECOND = 40
const SECONDS_AT_MOST = 30
const READERS_PER_SECOND = 100 // so that a small round is a short one
const WARM_UP_SHARE = 0.25
const ELSEWHERE = 15 // niceness: who reads has a machine of their own, and takes the shop no time

function contestant(name: string, share: number): Contestant {
  const play = async (round: Round): Promise<Figures> => {
    const stage = await ourStage(round)
    const url = `${stage.shopUrl}/api/orders`
    const seconds = Math.min(SECONDS_AT_MOST, Math.ceil(round.size / READERS_PER_SECOND))
    try {
      const crowd = await LiveCrowd.gather(stage, round.size * share, ELSEWHERE)
      try {
        const warmUp = Math.ceil(PER_SECOND * seconds * WARM_UP_SHARE)
        await steadyLoad({ url, count: warmUp }, PER_SECOND)
        const orders = steadyLoad({ url, count: PER_SECOND * seconds, from: warmUp }, PER_SECOND)
        const [{ p50Ms, p99Ms }] = await Promise.all([orders, crowd.talk(seconds)])
        return { p50Ms, p99Ms, readers: crowd.count }
      } finally {
        await crowd.leave()
      }
    } finally {
      await stage.close()
    }
  }
  return { name, play }
}
