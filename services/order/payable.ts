import type { State } from '../../shared/states.ts'

/** An order with the time until which it can be paid (ms); null: it takes no other means of payment. */
export type Payable = { state: State; payBy: number | null }

/** True while an order waits for a means of payment, and is still in time. */
export function canPay({ state, payBy }: Payable, now: number): boolean {
  return (state === 'reserved' || state === 'declined') && payBy !== null && now < payBy
}

/** `sale`: the one by which it was admitted. */
type OfSale = { sale: string | null }

/** Why an order takes no means of payment now, and what its customer can do; null when it takes one. */
export function whyNotPay(order: Payable & OfSale, now: number): string | null {
  switch (order.state) {
    case 'placed':
      return 'The goods are still being set aside for this order. Ask again in a moment.'
    case 'paying':
      return 'A payment of this order is under way. Wait for its outcome, or confirm it where the order says so.'
    case 'paid':
      return 'This order is paid already, and nothing more is charged.'
    case 'refunded':
      return `This order has been refunded. ${whatNow(order)}`
    case 'rejected':
    case 'cancelled':
      return `This order is ${order.state}, and its goods are not held any more. ${whatNow(order)}`
    case 'expired':
      return tooLate(order)
    case 'reserved':
    case 'declined':
      return canPay(order, now) ? null : tooLate(order)
  }
}

/** What a sale has to sell is not to be had by ordering once more. */
function whatNow({ sale }: OfSale): string {
  return sale === null ? 'Place a new one.' : 'It was of a sale, where each buyer has one turn.'
}

function tooLate(order: Payable & OfSale): string {
  const { payBy } = order
  const until = payBy === null ? '' : ` It could be paid until ${new Date(payBy).toISOString()}.`
  return `The time to pay this order is over, and nothing is charged.${until} ${whatNow(order)}`
}
