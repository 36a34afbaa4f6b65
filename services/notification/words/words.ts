import type { Language } from '../../../shared/customer-events.ts'
import type { DeclineReason } from '../../../shared/decline-reasons.ts'
import type { Kind } from '../wording.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** What our mails and SMS say, sentence by sentence; amounts and times come as they are shown. */
export type Words = {
  hello: (name: string) => string
  somebody: string
  order: (number: string) => string
  kinds: Record<Kind, string>
  seeOrder: string
  orderNow: string
  total: string
  about: (number: string) => string
  aboutAccount: string
  unsubscribe: string
  invite: (words: string) => string
  received: Received
  turn: Received
  rejected: Said & { line: (name: string, wanted: number, left: number) => string; notCharged: string }
  expired: Said & { inSale: string[] }
  cancelled: Said & { groupFailed: string[]; wasPaid: string; wasNotPaid: string; mayHavePaid: string }
  paid: Said & { inSale: string[]; total: string }
  declined: Said & { released: string[]; held: (time: string) => string[]; another: string }
  refunded: Said & {
    part: (number: string) => string
    of: (part: string, all: string) => string
    all: string
    days: string
    label: string
  }
  reasons: Record<DeclineReason, string>
  welcome: Asked
  known: Asked
  verify: Asked
  reset: Asked
  code: Headed & { says: (phone: string, code: string) => string[] }
  instead: Headed & { says: (phone: string) => string; known: string }
  sms: { code: (code: string) => string; known: string; order: (number: string, state: string) => string }
  states: Record<string, string>
  orderIs: (number: string, state: string) => string
}

type Headed = { subject: string; headline: string }
type Received = Said & { heldUntil: (time: string) => string; payNow: string; hearAgain: string }
type Said = { subject: (number: string) => string; headline: string; paragraphs: string[] }
type Asked = Headed & { paragraphs: string[]; invitation: string }

const all: Record<Language, Words> = { en, zh }

/** The words of a language. */
export const wordsIn = (language: Language): Words => all[language]
