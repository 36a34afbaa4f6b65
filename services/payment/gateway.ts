import type { Payment } from './payments.ts'

/** What a payment method is called that the customer chooses on the gateway's own page. */
export const HOSTED = 'hosted'

/** What is to be paid, with what. `at` is since when it is being asked (ms). */
export type Offer = Pick<
  Payment,
  'orderId' | 'number' | 'totalCents' | 'currency' | 'paymentMethod' | 'tender' | 'payBy' | 'at'
>

/**
 * How a payment stands at the gateway. `open`: nothing has moved and nothing is under way, and `reason` says why the last
 * attempt failed, in the gateway's own code. `challenged`: its customer has to confirm it at `url`.
 */
export type Intent = {
  id: string
  status: 'open' | 'challenged' | 'processing' | 'captured' | 'canceled'
  reason: string | null
  url: string | null
}

/** A page of the gateway's where the customer pays, and the payment made there. */
export type Page = { id: string; status: 'open' | 'complete' | 'expired'; url: string | null; intent: Intent | null }

/** What became of an offer: `refusal`, a code, where the gateway does not take it, and has not begun a payment. */
export type Answer = { intent: Intent | null; page: Page | null; refusal: string | null }

/** Money that goes back; `asked` is the question it answers, where it was ours. */
export type Refund = {
  id: string
  cents: number
  status: 'pending' | 'succeeded' | 'failed'
  asked: string | null
  reason: string | null
}

/** What is to go back; under the same `key` it goes once. */
export type RefundWish = { orderId: string; chargeId: string; cents: number; asked: string | null; key: string }

/** The customer's bank wants the money back. */
export type Dispute = { id: string; cents: number; reason: string; status: 'opened' | 'won' | 'lost' }

/** Something happened at the gateway, `at` by its clock (ms), to a payment, `intentId`; with its order where that is said. */
export type Happening = {
  id: string
  at: number
  type: string
  object: string
  intentId: string | null
  orderId: string | null
  number: string | null
}

/**
 * The port to whoever holds the money. Every call may be repeated at will: the same tender of an order gets the same
 * answer and moves money once. A refusal is a value; when the outcome is unknown they throw `Outage`.
 */
export type Gateway = {
  /** Makes a payment and charges it. */
  charge(offer: Offer): Promise<Answer>
  /** Charges a payment that is `open` with another means. */
  confirm(chargeId: string, offer: Offer): Promise<Answer>
  /** Opens a page where the customer pays. */
  openPage(offer: Offer): Promise<Answer>
  /** The payments that were ever made for an order; those of the last minute may be missing. */
  search(orderId: string): Promise<Intent[]>
  intent(chargeId: string): Promise<Intent>
  page(sessionId: string): Promise<Page>
  /** Ends a payment that has not been made. Returns how it stands then, which may be `captured`. */
  cancel(chargeId: string): Promise<Intent>
  /** Closes a page, likewise. */
  closePage(sessionId: string): Promise<Page>
  refund(wish: RefundWish): Promise<{ ok: true; refund: Refund } | { ok: false; reason: string }>
  /** All refunds of a payment, oldest first. */
  refunds(chargeId: string): Promise<Refund[]>
  disputes(chargeId: string): Promise<Dispute[]>
  /** The order a payment was made for; null where it is none of ours. */
  orderOf(chargeId: string): Promise<string | null>
  /** What has happened from a time on (ms), the newest first, in pages; `next` is where the next one begins, null at the end. */
  happenings(from: number, after: string | null): Promise<{ happenings: Happening[]; next: string | null }>
}
