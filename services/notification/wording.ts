import type { PricedLine } from '../../shared/events.ts'

/** What an order's mail is about. */
export type OrderKind = 'received' | 'rejected' | 'paid' | 'declined' | 'expired' | 'cancelled' | 'refunded'
/** What a mail about an account is about; the last two are SMS that could not be delivered. */
export type CustomerKind = 'welcome' | 'known' | 'verify' | 'reset' | 'code' | 'instead'
/** What a mail about a product that somebody waits for is about: to confirm that, or that it is so. */
export type AlertMailKind = 'alert' | 'back' | 'cheaper'
export type Kind = OrderKind | CustomerKind | AlertMailKind

/** The mood of a mail, shown as a colour. */
export type Tone = 'good' | 'bad' | 'calm'

export type Amount = { label: string; cents: number; currency: string }

/** What a mail says, before it is text or HTML. Plain text throughout: whoever renders it escapes it. */
export type Wording<K extends Kind = Kind> = {
  kind: K
  /** Which one of its kind, where an order may have several. */
  which?: string
  tone: Tone
  subject: string
  headline: string
  paragraphs: string[]
  lines: PricedLine[]
  amount: Amount | null
  /** What the link invites to, where that is more than to see the order. */
  invitation?: string
}
