import type { PricedLine } from '../../shared/events.ts'

/** What an order's mail is about. */
export type Kind = 'received' | 'rejected' | 'paid' | 'declined' | 'expired' | 'cancelled' | 'refunded'

/** The mood of a mail, shown as a colour. */
export type Tone = 'good' | 'bad' | 'calm'

export type Amount = { label: string; cents: number; currency: string }

/** What a mail says, before it is text or HTML. Plain text throughout: whoever renders it escapes it. */
export type Wording = {
  kind: Kind
  /** Which one of its kind, where an order may have several. */
  which?: string
  tone: Tone
  subject: string
  headline: string
  paragraphs: string[]
  lines: PricedLine[]
  amount: Amount | null
  /** What the link to the order invites to, where that is more than to see it. */
  invitation?: string
}
