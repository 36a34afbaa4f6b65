import { type Random, seededRandom } from './random.ts'

/** What is typed into the form. */
type Form = { name: string; email: string; password: string; phone?: string; language: 'en' | 'zh' }

/** What somebody does who wants an account. */
export type SignUp = {
  form: Form
  key: string
  /** The same request once more, under its key. */
  isRepeated: boolean
  /** Another one with the same address, when there is an account: of somebody who has forgotten, or somebody else. */
  again: Form | null
  /** Orders as a guest before there is an account: the order must become theirs. */
  isOrderingFirst: boolean
  /** Follows the link in the mail; and twice at the same moment. */
  isVerifying: boolean
  isHasty: boolean
  /** Proves the phone by its code, and wants SMS about orders. */
  wantsSms: boolean
  /** Forgets the password and sets another one by a link. */
  isResetting: boolean
  /** Deletes the account in the end. */
  isLeaving: boolean
}

const PHONE_SHARE = 0.6

/** Of the customer of each number what they sign up with; null where they order as guests. The same for the same seed. */
export function* signUps(seed: number, share: number): Generator<SignUp | null, never> {
  const random = seededRandom(seed ^ 0x51c4)
  for (let i = 0; ; i++) yield random.chance(share) ? signUpOf(i, random) : null
}

function signUpOf(i: number, random: Random): SignUp {
  const form = formOf(i, random)
  const isAgain = random.chance(0.25)
  const others = { ...formOf(i, random), email: form.email, name: `Stranger ${i}`, password: `guess of stranger ${i}` }
  return {
    form,
    key: `sign-up-${i}`,
    isRepeated: random.chance(0.2),
    again: isAgain ? random.pick([form, others]) : null,
    isOrderingFirst: random.chance(0.3),
    isVerifying: random.chance(0.8),
    isHasty: random.chance(0.3),
    wantsSms: form.phone !== undefined && random.chance(0.6),
    isResetting: random.chance(0.1),
    isLeaving: random.chance(0.1),
  }
}

function formOf(i: number, random: Random): Form {
  const email = random.pick([`customer-${i}@example.com`, `Customer-${i}+shop@example.com`]) // one mailbox
  const phone = `+4917${10_000_000 + 2 * i + random.between(0, 1)}`
  return {
    name: `Customer ${i}`,
    email,
    password: `password of customer ${i}`,
    ...(random.chance(PHONE_SHARE) && { phone }),
    language: random.pick(['en', 'en', 'zh']),
  }
}
