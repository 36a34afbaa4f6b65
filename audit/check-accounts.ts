import type { ShopAccount } from './account-book.ts'
import { oneMailbox } from './addresses.ts'
import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { stillOrders } from './known-orders.ts'
import type { Order } from './order-book.ts'

/** Does every order belong to who it must belong to, was each address proved once, and is nothing left of who has gone? */
export function* checkAccounts(books: Books): Findings {
  const { accounts } = books
  for (const order of stillOrders(books)) {
    const doubt = doubtAbout(order, accounts?.accounts.get(order.account ?? ''))
    if (doubt !== undefined) yield finding('wrongOwner', order.id, doubt)
  }
  if (accounts === null) return
  for (const { id, detail } of accounts.doubtful) yield finding('wronglyProved', id, detail)
  yield* findLeftovers(books, accounts.accounts)
  for (const id of accounts.haunted) yield finding('leftBehind', id, 'a proof, or a session')
}

/** An order that its customer placed as a guest goes to who has shown that its address is theirs, and to nobody else. */
function doubtAbout({ account: id, placedBy, email }: Order, account: ShopAccount | undefined): string | undefined {
  if (id === null) return placedBy === null ? undefined : `placed by ${placedBy}, and belongs to nobody`
  if (account === undefined) return `belongs to ${id}, which does not exist`
  if (placedBy !== null) return placedBy === id ? undefined : `placed by ${placedBy}, and belongs to ${id}`
  if (account.isDeleted) return undefined
  if (!account.isVerified) return `claimed by ${id}, whose address is not proved`
  return oneMailbox(email) === account.mailbox ? undefined : `claimed by ${id}, whose address is another`
}

/** What is on its way may still have to be told to the others. */
function* findLeftovers({ isAtRest, order, mail, sale }: Books, accounts: Map<string, ShopAccount>): Findings {
  for (const { id, isDeleted, isErased } of accounts.values()) {
    if (!isDeleted) continue
    if (!isErased) yield finding('leftBehind', id, 'in the books of accounts')
    if (isAtRest && mail.people.has(id)) yield finding('leftBehind', id, 'in the books of notification')
  }
  if (!isAtRest) return
  for (const { id, account, email } of order.orders.values()) {
    if (!accounts.get(account ?? '')?.isDeleted) continue
    if (email !== '') yield finding('leftBehind', id, 'the address of its order')
    if (mail.contacts.get(id)) yield finding('leftBehind', id, 'whom notification writes to about its order')
  }
  for (const { id, account, isErased } of sale?.entries.values() ?? [])
    if (accounts.get(account ?? '')?.isDeleted && !isErased) yield finding('leftBehind', id, 'who joined a sale')
}
