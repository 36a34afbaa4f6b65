import type { Books } from './books.ts'
import { isUnknown } from './known-orders.ts'
import { type Letter, postsOf } from './post.ts'

/** A dead letter that is about an order: something the order needs will not happen by itself. */
export type OrderLetter = Letter & { orderId: string }

/** The open dead letters, those about an order, or an account, apart from what somebody else threw into a list. */
export function lettersIn(books: Books): { ofOrders: OrderLetter[]; ofAccounts: Letter[]; garbage: Letter[] } {
  const outside = books.webhooks?.post.letters.filter(({ name }) => name !== 'webhook.due') ?? []
  const letters = postsOf(books)
    .flatMap((post) => post.letters)
    .concat(outside)
  const ofOrders = letters.flatMap((letter) => {
    const { subject: orderId } = letter
    return orderId === null || isUnknown(books, orderId) ? [] : [{ ...letter, orderId }]
  })
  const ofAccounts = letters.filter(({ subject }) => subject !== null && isOfAccounts(books, subject))
  const known = new Set([...ofOrders, ...ofAccounts].map(({ id }) => id))
  return { ofOrders, ofAccounts, garbage: letters.filter(({ id }) => !known.has(id)) }
}

function isOfAccounts({ accounts }: Books, subject: string): boolean {
  return accounts !== null && (accounts.accounts.has(subject) || accounts.registrations.has(subject))
}
