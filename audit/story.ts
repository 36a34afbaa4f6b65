import { mayLead, NOTHING, ways, waysBefore, waysInSale } from './ways.ts'

/** One thing that happened to an order, which of its name it was, and the state the order was in afterwards. */
export type Step = { event: string; of: string; state: string }

/**
 * When an order was placed, and until when it can be paid (ms); null where it was final once its first card was refused. And
 * the sale it is of, null where its customer placed it.
 */
export type Story = { placedAt: number; payBy: number | null; sale: string | null; steps: Step[] }

/** An order of before there were deadlines has none, or was given the time when it was placed: it takes no other card. */
export function isOfBefore({ placedAt, payBy }: Pick<Story, 'placedAt' | 'payBy'>): boolean {
  return payBy === null || payBy === placedAt
}

/** The first step that an order must not take, in words; undefined when all are as they must be. */
export function slipIn(story: Story): string | undefined {
  const known = story.sale !== null ? waysInSale : isOfBefore(story) ? waysBefore : ways
  const seen = new Set<string>()
  let state = NOTHING
  for (const { event, of, state: next } of story.steps) {
    if (isAboutLetter(event) && next === state) continue // it may happen more than once, and moves nothing
    const what = `${event} ${of}`.trim()
    if (seen.has(what)) return `${what} happened twice`
    if (!mayLead(known, state, event, next)) return `${event} led from ${state} to ${next}`
    seen.add(what)
    state = next
  }
  return slipOfTenders(story)
}

/** Tenders count up by one, from the card that came with the order; and only the last one can still be refused. */
function slipOfTenders(story: Story): string | undefined {
  let tender = isPaidLater(story.steps) && !isOfBefore(story) ? 0 : 1
  for (const { event, of } of story.steps) {
    const told = of === '' ? 1 : Number(of)
    if (event === 'order.tendered' && told !== ++tender) return `tender ${of} came as number ${tender}`
    if (event === 'payment.declined' && told !== tender) return `tender ${of} was declined after number ${tender}`
    if (event === 'payment.challenged' && told > tender) return `tender ${of} was challenged before it was made`
  }
  return undefined
}

/** An order whose card came with it does not wait for its customer. */
function isPaidLater(steps: Step[]): boolean {
  return steps.some(({ event, state }) => event === 'stock.reserved' && state === 'reserved')
}

/** True of what tells that a message was given up, is sent again, or was put away. */
export function isAboutLetter(event: string): boolean {
  return event === BURIED || event === REPLAYED || event === DISCARDED
}

export const BURIED = 'message.buried'
export const REPLAYED = 'message.replayed'
export const DISCARDED = 'message.discarded'

/** The events an order has heard of. */
export function eventsOf(steps: Step[]): Set<string> {
  return new Set(steps.map(({ event }) => event))
}
