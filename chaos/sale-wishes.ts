import { type Random, seededRandom } from './random.ts'

/** How a sale is meant to come out, where no clock is stepped: `ended` by the admin. */
export type Outcome = 'soldOut' | 'overdue' | 'formed' | 'failed' | 'ended'

/** A sale that is to be held, and who comes to it. Times in ms after it is announced. */
export type SaleWish = {
  kind: 'flash' | 'group'
  order: 'line' | 'draw'
  units: number
  buyers: number
  payWithinMs: number
  endsInMs: number
  /** Of a draw. */
  drawsInMs: number | null
  /** Within which the crowd comes; 0: as fast as it can. */
  comesWithinMs: number
  outcome: Outcome
}

const DAY_MS = 24 * 3_600_000 // longer than any clock is stepped

/** The sale that a run is about: a crowd at once, for few units, until the last of them is paid. */
export function crowdedSale(buyers: number, units: number): SaleWish {
  const times = { payWithinMs: 4_000, endsInMs: DAY_MS, drawsInMs: null, comesWithinMs: 0 }
  return { kind: 'flash', order: 'line', units, buyers, ...times, outcome: 'soldOut' }
}

/** Smaller ones, one after another without an end: in a line or by lot, groups that form and that fail. The same for the same seed. */
export function* smallSales(seed: number): Generator<SaleWish, never> {
  const random = seededRandom(seed ^ 0x5a1e)
  for (;;) yield smallSale(random)
}

const outcomes = ['soldOut', 'soldOut', 'formed', 'failed', 'overdue', 'ended'] as const
const crowds: Record<Outcome, number> = { soldOut: 8, formed: 8, ended: 4, failed: 0.8, overdue: 0.8 } // buyers for each unit

function smallSale(random: Random): SaleWish {
  const outcome = random.pick(outcomes)
  const units = random.between(3, 12)
  const isDraw = random.chance(0.4)
  const isShort = outcome === 'failed' || outcome === 'overdue'
  return {
    kind: outcome === 'formed' || outcome === 'failed' ? 'group' : 'flash',
    order: isDraw ? 'draw' : 'line',
    units,
    buyers: Math.max(1, Math.ceil(units * crowds[outcome])),
    payWithinMs: random.between(2_000, 5_000),
    endsInMs: isShort ? random.between(9_000, 16_000) : DAY_MS,
    drawsInMs: isDraw ? random.between(2_000, 4_000) : null,
    comesWithinMs: random.between(0, 3_000),
    outcome,
  }
}

/**
 * What one buyer does who is let in: which cards are offered, one after the other, and when what was paid is called off; or
 * calls it off at once.
 */
export type Turn = { methods: string[]; cancelAfterMs: number | null; isOffAtOnce: boolean }

const UNPAID_SHARE = 0.25
const OFF_SHARE = 0.05

/** Of those who are let in so many never pay, and so many call it off; where nothing is said, as many as there usually are. */
export type Shares = { unpaidShare?: number; offShare?: number }

/** One turn after another. A quarter never pays; others try a card that is declined first, or cancel what they have paid. */
export function* turns(
  seed: number,
  { unpaidShare = UNPAID_SHARE, offShare = OFF_SHARE }: Shares = {},
): Generator<Turn, never> {
  const random = seededRandom(seed ^ 0x7412)
  for (;;) {
    const methods = random.chance(unpaidShare) ? [] : random.pick(cards)
    const cancelAfterMs = random.chance(offShare) ? random.between(0, 3_000) : null
    yield { methods: [...methods], cancelAfterMs, isOffAtOnce: random.chance(offShare) }
  }
}

const cards = [
  ['pm_card_visa'],
  ['pm_card_visa'],
  ['pm_card_mastercard'],
  ['pm_card_chargeDeclined', 'pm_card_visa'],
  ['pm_card_chargeDeclined'],
  ['pm_card_threeDSecure2Required', 'pm_card_visa'],
]
