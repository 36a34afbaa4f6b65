import { createHash } from 'node:crypto'

const NEVER_PAY = 0.25
const COME_TWICE = 0.1
const DECLINED_FIRST = 0.08

/** Somebody in a crowd: `cards` are what they try one after another, none if they never pay. */
export type Buyer = { email: string; secret: string; comesTwice: boolean; cards: string[] }

/** The `i`th of a crowd that is called `run`; the same each time. */
export function buyerOf(run: string, i: number): Buyer {
  const bytes = createHash('sha256').update(`${run}:${i}`).digest()
  const chance = (at: number) => bytes.readUInt32BE(at) / 2 ** 32
  return {
    email: `buyer-${run.slice(-8)}-${i}@example.com`,
    secret: bytes.toString('hex').slice(0, 32),
    comesTwice: chance(16) < COME_TWICE,
    cards: cardsOf(chance(20), chance(24)),
  }
}

function cardsOf(willingness: number, luck: number): string[] {
  if (willingness < NEVER_PAY) return []
  return luck < DECLINED_FIRST ? ['pm_card_chargeDeclined', 'pm_card_visa'] : ['pm_card_visa']
}
