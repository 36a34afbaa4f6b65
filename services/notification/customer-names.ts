import type { OrderKeys } from '../../shared/order-key.ts'
import type { CustomerKind } from './wording.ts'

/** What mails about accounts are called by, and where their links lead. */
export type CustomerNames = {
  /** The same for every copy of the mail that an event is answered with. It leads neither to the event nor to the account. */
  messageIdOf(eventId: string, kind: CustomerKind): string
  /** The token is behind a `#`, so that no browser sends it with the address. */
  linkTo(page: 'verify' | 'reset', token: string): string
}

export function createCustomerNames({ aliasOf }: OrderKeys, shopUrl: string): CustomerNames {
  return {
    messageIdOf: (eventId, kind) => `<${aliasOf(eventId)}.${kind}@orderline.example>`,
    linkTo: (page, token) => `${shopUrl}/account/${page}#${token}`,
  }
}
