import type { OrderKeys } from '../../shared/order-key.ts'
import type { Unsubscribe } from '../../shared/unsubscribe.ts'
import type { OrderKind, Wording } from './wording.ts'

/** What a mail calls its order by. A mail passes through many hands, and its headers through more than its text. */
export type OrderNames = {
  /** Where the customer of an account has no more mails about orders: by one click, too (RFC 8058). */
  unsubscribeFor(account: string): string
  /** Where the customer sees the order, with its key: for the text alone. */
  linkTo(orderId: string): string
  /**
   * The same for every copy of a mail: a worker that dies between the server's OK and its own commit sends the
   * mail again, and most mailboxes show the second copy of a Message-ID only once.
   */
  messageIdOf(orderId: string, { kind, which }: Pick<Wording<OrderKind>, 'kind' | 'which'>): string
}

type Tokens = Pick<Unsubscribe, 'tokenOf'>

/** Names by keys. The key is behind a `#`, so that no browser sends it with the address. */
export function createOrderNames({ keyOf, aliasOf }: OrderKeys, { tokenOf }: Tokens, shopUrl: string): OrderNames {
  return {
    unsubscribeFor: (account) => `${shopUrl}/unsubscribe/${tokenOf(account)}`,
    linkTo: (orderId) => `${shopUrl}/orders/${orderId}#${keyOf(orderId)}`,
    messageIdOf: (orderId, { kind, which }) => {
      const mail = which === undefined ? kind : `${kind}.${which.replace(/\W/g, '')}`
      return `<${aliasOf(orderId)}.${mail}@orderline.example>`
    },
  }
}
