import type { Books } from './books.ts'
import { isUnknown } from './known-orders.ts'
import type { Letter } from './post.ts'

/** A dead letter that is about an order: something the order needs will not happen by itself. */
export type OrderLetter = Letter & { orderId: string }

/** The open dead letters, those about an order apart from what somebody else threw into a list. */
export function lettersIn(books: Books): { ofOrders: OrderLetter[]; garbage: Letter[] } {
  const { order, mail, stock, payment } = books
  const outside = books.webhooks?.post.letters.filter(({ name }) => name !== 'webhook.due') ?? []
  const letters = [order, mail, stock, payment].flatMap(({ post }) => post.letters).concat(outside)
  const ofOrders = letters.flatMap((letter) => {
    const { subject: orderId } = letter
    return orderId === null || isUnknown(books, orderId) ? [] : [{ ...letter, orderId }]
  })
  const known = new Set(ofOrders.map(({ id }) => id))
  return { ofOrders, garbage: letters.filter(({ id }) => !known.has(id)) }
}
