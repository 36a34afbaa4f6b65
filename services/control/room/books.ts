import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type State, states } from '../../../shared/states.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import { type Chart, createChart, timeline } from './chart.ts'
import type { Away, ListedOrder } from './snapshot.ts'

const SHOWN = 14
const PATIENCE_MS = 400 // one who answers later is shown at the next look

const listed = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(states),
  customerName: z.string(),
  totalCents: z.int(),
  currency: z.string(),
  refundedCents: z.int().default(0), // an order service of before does not tell it
  placedAt: z.iso.datetime(),
})
const page = z.object({ orders: z.array(listed), counts: z.record(z.enum(states), z.int()) })

/** The state whose newest orders somebody wants to see; null for any. */
export type Wanted = State | null

/** What order has told of its books, and since when it tells nothing: what was known stays. */
export type Books = {
  counts: Record<State, number> | null
  newest: Map<Wanted, ListedOrder[]>
  chart: Chart
  away: Away
}

/** Reads the newest orders of some states and all the rest. Never rejects. */
export type BookReader = { look(wanted: Wanted[], now: number): Promise<Books> }

/** Asks order what is in its books, once at a time, however many want to see it. */
export function createBookReader(ask: Ask): BookReader {
  const chart = createChart()
  let counts: Books['counts'] = null
  let newest: Books['newest'] = new Map()
  let away: Books['away'] = null
  let knownAt: number | null = null
  let asking: Promise<void> | null = null

  const readTimeline = async (now: number) => {
    const after = chart.readsAfter(now)
    const query = after === null ? '' : `?after=${after}`
    chart.note(timeline.parse(await bodyOf(ask, `/ops/timeline${query}`)))
  }
  const readPage = async (state: Wanted) => {
    const query = `limit=${SHOWN}${state === null ? '' : `&state=${state}`}`
    const answer = page.parse(await bodyOf(ask, `/ops/orders?${query}`))
    counts = answer.counts
    return [state, answer.orders] as const
  }
  const read = async (wanted: Wanted[], now: number) => {
    const [pages] = await Promise.all([Promise.all(wanted.map(readPage)), readTimeline(now)])
    newest = new Map([...newest, ...pages])
    knownAt = Date.now()
  }
  const settle = async (reading: Promise<void>) => {
    away = await reading.then(
      () => null,
      () => ({ knownAt }),
    )
    asking = null
  }
  return {
    look: async (wanted, now) => {
      asking ??= settle(read(wanted, now))
      if (away === null) await Promise.race([asking, delay(PATIENCE_MS, undefined, { ref: false })])
      return { counts, newest, chart: chart.draw(now), away }
    },
  }
}

async function bodyOf(ask: Ask, path: string): Promise<unknown> {
  const reply = await ask('order', path)
  if (reply?.status !== 200) throw new Error(`order does not answer ${path}`)
  return reply.body
}
