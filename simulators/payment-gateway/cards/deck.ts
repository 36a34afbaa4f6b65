import { behaviours } from './behaviours.ts'
import type { Card } from './card.ts'
import { debits } from './debits.ts'
import { declineCards } from './declines.ts'
import { plainCards } from './plain-cards.ts'

/** What the token stands for, or undefined when Stripe documents no such token. */
export function cardOf(token: string): Card | undefined {
  return all.get(token) ?? all.get(withoutBrand(token))
}

/** Stripe knows most declining cards with and without the brand: pm_card_visa_chargeDeclined… */
const withoutBrand = (token: string) => token.replace(/^pm_card_visa_(?=charge)/, 'pm_card_')

const all = new Map<string, Card>([...plainCards(), ...declineCards(), ...behaviours(), ...debits()])

/** Every token that is known. */
export const tokens: readonly string[] = [...all.keys()]
