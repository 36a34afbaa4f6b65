import { z } from 'zod'

/** Which way a mountain takes: through the shop and its queue, or straight to a gateway. */
export const ways = ['queue', 'straight'] as const

/** What is counted of a mountain under way; the page reads this type, too. Lists are by the second since it began. */
const flowShape = z.object({
  way: z.enum(ways),
  startedAt: z.number(),
  wanted: z.int().describe('Orders of the mountain'),
  accepted: z.int(),
  refused: z.int().describe('Told to come again later, or told nothing'),
  paid: z.int(),
  longestMs: z.int().describe('How long the slowest of those paid has waited for it'),
  came: z.array(z.int()).describe('Orders accepted in each second'),
  went: z.array(z.int()).describe('Payments in each second'),
  refusals: z.array(z.int()).describe('Refusals in each second'),
  isSent: z.boolean().describe('None is still to come'),
  isOver: z.boolean().describe('None is still to come, and none accepted is still to be paid'),
})
export type Flow = z.infer<typeof flowShape>
export type Way = Flow['way']

export const flowsAnswer = z.object({ flows: z.array(flowShape).describe('The last mountain of each way') })
export type FlowsAnswer = z.infer<typeof flowsAnswer>

export function newFlow(way: Way, wanted: number): Flow {
  const counts = { wanted, accepted: 0, refused: 0, paid: 0, longestMs: 0 }
  return { way, startedAt: Date.now(), ...counts, came: [], went: [], refusals: [], isSent: false, isOver: false }
}

type Counted = 'came' | 'went' | 'refusals'

/** Counts one more in the second to which `at` (ms) belongs; those before it had none. */
export function countAt(flow: Flow, what: Counted, at: number): void {
  const second = Math.max(0, Math.floor((at - flow.startedAt) / 1_000))
  const counts = flow[what]
  while (counts.length <= second) counts.push(0)
  counts[second] = (counts[second] ?? 0) + 1
}

export function accept(flow: Flow, at: number): void {
  flow.accepted++
  countAt(flow, 'came', at)
}

export function refuse(flow: Flow, at: number): void {
  flow.refused++
  countAt(flow, 'refusals', at)
}

/** One was paid at `at`, and had waited for so long. */
export function pay(flow: Flow, at: number, waitedMs: number): void {
  flow.paid++
  flow.longestMs = Math.max(flow.longestMs, Math.round(waitedMs))
  countAt(flow, 'went', at)
}
