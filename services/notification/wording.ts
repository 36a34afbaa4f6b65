import type { PricedLine } from '../../shared/events.ts'

/** Which of an order's mails it is; there is at most one of each. */
export type Kind = 'received' | 'rejected' | 'paid' | 'declined' | 'expired' | 'cancelled' | 'refunded'

/** The mood of a mail, shown as a colour. */
export type Tone = 'good' | 'bad' | 'calm'

export type Amount = { label: string; cents: number; currency: string }

/** What a mail says, before it is text or HTML. Plain text throughout: whoever renders it escapes it. */
export type Wording = {
  kind: Kind
  tone: Tone
  subject: string
  headline: string
  paragraphs: string[]
  lines: PricedLine[]
  amount: Amount | null
}
