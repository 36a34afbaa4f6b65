import type { Books } from './books.ts'
import { isUnknown } from './known-orders.ts'
import { type Letter, postsOf } from './post.ts'

/** A dead letter that is about an order: something the order needs will not happen by itself. */
export type OrderLetter = Letter & { orderId: string }

/** The open dead letters by what they are about. */
type Letters = { ofOrders: OrderLetter[]; ofAccounts: Letter[]; ofSales: Letter[]; garbage: Letter[] }

/** Those about an order, an account or a sale apart from what somebody else threw into a list. */
export function lettersIn(books: Books): Letters {
  const outside = books.webhooks?.post.letters.filter(({ name }) => name !== 'webhook.due') ?? []
  const letters = postsOf(books)
    .flatMap((post) => post.letters)
    .concat(outside, books.logs?.post.letters ?? [])
  const ofOrders = letters.flatMap((letter) => {
    const { subject: orderId } = letter
    return orderId === null || isUnknown(books, orderId) ? [] : [{ ...letter, orderId }]
  })
  const ofAccounts = letters.filter(({ subject }) => subject !== null && isOfAccounts(books, subject))
  const ofSales = letters.filter(({ subject }) => subject !== null && isOfSales(books, subject))
  const known = new Set([...ofOrders, ...ofAccounts, ...ofSales].map(({ id }) => id))
  return { ofOrders, ofAccounts, ofSales, garbage: letters.filter(({ id }) => !known.has(id)) }
}

function isOfAccounts({ accounts }: Books, subject: string): boolean {
  return accounts !== null && (accounts.accounts.has(subject) || accounts.registrations.has(subject))
}

/** About somebody who stands in line there is no order yet. */
function isOfSales(books: Books, subject: string): boolean {
  const { sale } = books
  return sale !== null && (sale.sales.has(subject) || (sale.entries.has(subject) && isUnknown(books, subject)))
}
