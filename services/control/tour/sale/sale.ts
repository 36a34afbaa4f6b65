import { z } from 'zod'
import { Problem } from '../../../../shared/web/http.ts'
import type { Part, PartDeps } from '../part.ts'
import { pageName } from '../seen.ts'
import { stationDoors } from '../station-doors.ts'
import { announce, endSale } from './announce.ts'
import { type Naive, naiveAnswer } from './naive-shape.ts'
import { runNaive } from './run-naive.ts'

const UNITS_MAX = 100
const BUYERS_MAX = 2_000 // of the way without a queue; a crowd of the real one may be larger

const page = pageName
const units = z.int().min(1).max(UNITS_MAX)

const body = z.discriminatedUnion('action', [
  z.strictObject({
    ...{ page, action: z.literal('announce'), units },
    payWithinMs: z.int().min(1_000).max(60_000).describe('How long a unit is kept for somebody who does not pay'),
  }),
  z.strictObject({ page, action: z.literal('naive'), units, buyers: z.int().min(1).max(BUYERS_MAX) }),
])
type Wish = z.infer<typeof body>

const begun = z.object({
  sale: z.string().nullable().describe('The sale that is announced'),
  startedAt: z.number().describe('By which the one without a queue is told from others'),
})

/** Of the station of the flash sale: announces one that is ended when its page has gone, and plays one without a queue. */
export function openSale(deps: PartDeps): Part {
  const sales = new Set<string>()
  const naive = createNaive(deps)
  const act = async (wish: Wish) => {
    if (wish.action === 'naive') return { sale: null, startedAt: naive.begin(wish.units, wish.buyers) }
    const sale = await announce(deps.config, wish)
    sales.add(sale)
    return { sale, startedAt: Date.now() }
  }
  const mend = async (isGone: boolean) => {
    if (!isGone) return // what was broken heals by itself, and is counted to its end
    naive.stop()
    if (sales.size > 0) deps.demo.crowds.stop()
    await Promise.all([...sales].map((sale) => endSale(deps.config, sale)))
    sales.clear()
  }
  const doors = {
    id: 'sale',
    what: {
      shown: 'what has become of a sale without a queue',
      done: 'Announce a flash sale, or play one without a queue',
    },
    ...{ body, begun, told: naiveAnswer, act, mend },
    read: () => ({ naive: naive.last() }),
  }
  return { endpoints: stationDoors(doors, deps), stop: naive.stop }
}

function createNaive({ config, log }: PartDeps) {
  let last: Naive | null = null
  let stopping = new AbortController()
  return {
    last: () => last,
    stop: () => stopping.abort(),
    /** Returns when it began. */
    begin: (units: number, buyers: number): number => {
      if (last?.isOver === false) throw new Problem(409, 'Conflict', 'There is a crowd already.')
      const counts = { asked: 0, promised: 0, sold: null, isOver: false, trouble: null }
      const naive: Naive = { startedAt: Date.now(), units, buyers, ...counts }
      last = naive
      stopping = new AbortController()
      runNaive(naive, config, stopping.signal)
        .catch((error) => {
          naive.trouble = error instanceof Error ? error.message : String(error)
          log.warn({ err: error }, 'tour.naive.failed')
        })
        .finally(() => {
          naive.isOver = true
        })
      return naive.startedAt
    },
  }
}
