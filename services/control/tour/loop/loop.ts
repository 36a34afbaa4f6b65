import type { Config } from '../../../../shared/config.ts'
import type { Logger } from '../../../../shared/logger.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import type { Demo } from '../../demo/demo.ts'
import { createTurns } from '../turns.ts'
import { createAudience, type Stream } from './audience.ts'
import { breaks } from './breaks.ts'
import type { Gap } from './gaps.ts'
import type { BreakName } from './loop-answer.ts'
import { createSides, type Sides } from './sides.ts'

/** The tutorial's loop beside ours. Its programs run while somebody looks, and what they had is gone with whoever looked last. */
export type Loop = {
  /** Shows both sides to a page until what is returned is called. */
  join(stream: Stream): () => void
  /** Sends orders both ways. */
  send(count: number): Promise<void>
  /** Does the same break to both sides at the same moment; whatever was broken before is mended first. */
  break(kind: BreakName): Promise<void>
  /** One program dies at a step while an order goes both ways. */
  dieAt(gap: Gap): Promise<void>
  repair(): Promise<void>
  /** Stops what runs for it, unless somebody looks: a page may ask for something and never watch it. */
  end(): Promise<void>
  stop(): void
}

type Deps = { demo: Demo; redis: Redis; ask: Ask; config: Config; log: Logger }

export function createLoop(deps: Deps): Loop {
  const sides = createSides(deps)
  const acts = createActs(deps, sides)
  const { inTurn, alone } = createTurns()
  const begin = () => inTurn(async () => void (audience.isThere() && (await sides.begin())))
  const end = () =>
    inTurn(async () => {
      if (audience.isThere()) return
      await sides.end()
      audience.forget()
    })
  const audience = createAudience({ watched: sides.watched, begin, end, log: deps.log })
  end().catch(() => {}) // what an earlier control has left running; Redis is not there yet, and is cleared at the beginning
  return {
    join: audience.join,
    send: (count) => alone(() => acts.send(count)),
    break: (kind) => alone(() => acts.break(kind)),
    dieAt: (gap) => alone(() => acts.dieAt(gap)),
    repair: () => alone(sides.mend),
    end,
    stop: audience.stop,
  }
}

/** What people do to both sides. */
function createActs(
  { demo, redis }: Pick<Deps, 'demo' | 'redis'>,
  sides: Sides,
): Pick<Loop, 'send' | 'break' | 'dieAt'> {
  const { pairs, left, right, start, mend, send } = sides
  return {
    send: async (count) => {
      await start()
      for (let i = 0; i < count; i++) await send()
    },
    break: async (kind) => {
      await mend()
      const { at, pairs: sent } = await breaks[kind]({ demo, redis, left, right, send })
      pairs.tried({ kind, at, numbers: sent.map(({ number }) => number) })
    },
    dieAt: async ({ program, point }) => {
      await mend()
      await demo.dieAt(program, point)
      const { number } = await send()
      pairs.tried({ kind: 'gap', at: null, numbers: [number] })
    },
  }
}
