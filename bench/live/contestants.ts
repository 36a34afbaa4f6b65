import type { Contestant, Figures } from '../contest.ts'
import { ourStage } from './our-stage.ts'
import { pubsubStage } from './pubsub-stage.ts'
import type { Open, Stage } from './stage.ts'

export const OURS = 'Orderline'
type Play = (stage: Stage, size: number) => Promise<Figures>

/** Ours and its peer: each plays on a stage of its own, which is closed afterwards. */
export function contestantsOf(play: Play): Contestant[] {
  return [contestant(OURS, ourStage, play), contestant('Redis pub/sub to server-sent events', pubsubStage, play)]
}

function contestant(name: string, open: Open, play: Play): Contestant {
  return {
    name,
    play: async (round) => {
      const stage = await open(round)
      return play(stage, round.size).finally(() => stage.close())
    },
  }
}
