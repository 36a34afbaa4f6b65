import type { Random } from './random.ts'

/** A means of payment, and when it is offered: after the order began to wait for one, or before its time is over (ms). */
export type Offer = { method: string; afterMs: number } | { method: string; beforeEndMs: number }

/** What a customer does where the bank, or the gateway's own page, asks: yes, no, or nothing at all. */
export type Mood = 'agrees' | 'refuses' | 'walks away'

/** Who gives money back, how much of it, and when after the order is paid. */
export type Return = { by: 'admin' | 'gateway'; share: number; afterMs: number }

/** What a customer does about the money; the first method comes with the order, null where they pay later. */
export type Dealings = { offers: Offer[]; mood: Mood; returned: Return | null }

const REFUSED_SHARE = 0.15
const LATER_SHARE = 0.12
const HOSTED_SHARE = 0.06
const CHALLENGED_SHARE = 0.08
const DEBIT_SHARE = 0.03
const AFTERMATH_SHARE = 0.03
const RETURNED_SHARE = 0.06

/** Drawn for one customer. */
export function dealings(random: Random): Dealings & { method: string | null } {
  const method = random.chance(LATER_SHARE) ? null : methodOf(random)
  const afterMs = random.between(0, 3_000)
  const back: Return = { by: random.pick(['admin', 'gateway']), share: random.pick([0.1, 0.5, 1]), afterMs }
  return {
    method,
    offers: method === null ? laterOffers(random) : moreOffers(random),
    mood: random.pick(moods),
    returned: random.chance(RETURNED_SHARE) ? back : null,
  }
}

const moods = ['agrees', 'agrees', 'refuses', 'walks away'] as const

function methodOf(random: Random): string {
  if (random.chance(REFUSED_SHARE)) return random.pick(refused)
  if (random.chance(HOSTED_SHARE)) return 'hosted'
  if (random.chance(CHALLENGED_SHARE)) return random.pick(challenged)
  if (random.chance(DEBIT_SHARE)) return random.pick(debits)
  return random.chance(AFTERMATH_SHARE) ? random.pick(aftermath) : random.pick(good)
}

/** In time, never, too late, and so close to the end that both may win. */
function laterOffers(random: Random): Offer[] {
  const method = methodOf(random)
  const close: Offer = { method, beforeEndMs: random.between(-20, 20) }
  return random.pick<Offer[]>([
    [{ method, afterMs: random.between(0, 3_000) }, ...moreOffers(random)],
    [{ method, beforeEndMs: -random.between(300, 3_000) }],
    [close],
    [close],
    [],
  ])
}

/** What is tried where the first card is refused, if anything is. */
function moreOffers(random: Random): Offer[] {
  if (random.chance(0.4)) return []
  const next: Offer = { method: methodOf(random), afterMs: random.between(0, 2_000) }
  return random.chance(0.3) ? [next, { method: random.pick(good), beforeEndMs: random.between(-20, 500) }] : [next]
}

// Stripe's names: https://docs.stripe.com/testing
const good = ['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex', 'pm_card_gb']
const refused = ['pm_card_chargeDeclined', 'pm_card_chargeDeclinedInsufficientFunds', 'pm_card_nobody_knows']
const challenged = ['pm_card_threeDSecure2Required', 'pm_card_threeDSecureRequiredChargeDeclined']
const debits = ['pm_success_de', 'pm_failed_de']
const aftermath = ['pm_card_createDispute', 'pm_card_pendingRefund', 'pm_card_refundFail']
