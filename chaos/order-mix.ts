import { type Dealings, dealings } from './dealings.ts'
import { type Random, seededRandom } from './random.ts'
import { type SignUp, signUps } from './sign-ups.ts'

/** One customer's errand. Times in ms after the first request, or after it was accepted. */
export type Errand = Dealings & {
  body: { customer: { name: string; email: string }; items: Item[]; payment?: { method: string } }
  /** Null where the customer sends none; if the answer is lost then, nobody can tell whether there is an order. */
  key: string | null
  repeatsAfterMs: number[]
  cancelAfterMs: number | null
  /** Null where they order as a guest. */
  signUp: SignUp | null
}
type Item = { sku: string; quantity: number }

const KEYLESS_SHARE = 0.1
const REPEATED_SHARE = 0.15
const CANCELLED_SHARE = 0.15
const CANCELLED_WITHIN_MS = 2_500

/** Of the customers so many sign up where nothing else is said: a password takes a moment, and one at a time. */
const SIGN_UP_SHARE = 0.05

/**
 * What customers come for, one after the other: paid in all ways, declined, out of stock, cancelled, repeated; as guests, or
 * with an account that they make.
 */
export function* errands(
  seed: number,
  count: number,
  signUpShare = SIGN_UP_SHARE,
  cancelShare = CANCELLED_SHARE,
): Generator<Errand, void> {
  const random = seededRandom(seed ^ 0x0dde)
  const accounts = signUps(seed, signUpShare)
  for (let i = 0; i < count; i++) yield errand(i, random, accounts.next().value, cancelShare)
}

function errand(i: number, random: Random, signUp: SignUp | null, cancelShare: number): Errand {
  const customer = { name: `Customer ${i}`, email: `customer-${i}@example.com` }
  const { method, ...dealt } = dealings(random)
  const isKeyless = random.chance(KEYLESS_SHARE)
  const repeats = random.chance(REPEATED_SHARE) ? [0, random.between(0, 3_000)] : []
  const cancelAfterMs = random.between(0, CANCELLED_WITHIN_MS)
  return {
    ...dealt,
    body: { customer, items: items(random), ...(method !== null && { payment: { method } }) },
    key: isKeyless ? null : `chaos-${i}`,
    repeatsAfterMs: isKeyless ? [] : repeats,
    cancelAfterMs: random.chance(cancelShare) ? cancelAfterMs : null,
    signUp,
  }
}

const plenty = ['MUG-001', 'TEE-001', 'NTB-001', 'PEN-001', 'BTL-001', 'CFE-001']

/** Of the scarce goods there are 20 and 500: they run out soon, and cancelled ones come back on the shelf. */
function items(random: Random): Item[] {
  const lines = plenty.filter(() => random.chance(0.25)).map((sku) => ({ sku, quantity: random.between(1, 3) }))
  if (random.chance(0.12)) lines.push({ sku: 'PRT-001', quantity: random.between(1, 2) })
  if (random.chance(0.08)) lines.push({ sku: 'PLT-001', quantity: random.between(1, 40) })
  return lines.length > 0 ? lines : [{ sku: 'MUG-001', quantity: 1 }]
}
