import type { Language } from '../../shared/customer-events.ts'
import type { Contact } from './contacts.ts'
import type { OrderNames } from './order-names.ts'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import type { CustomerKind, Kind, OrderKind, Wording } from './wording.ts'

/**
 * A mail ready to send. `about` is the id of the order, the account or the registration it is about, `at` when what it tells of
 * happened (ms), `unsubscribe` where its reader can have no more of its kind; null where there is nothing to be had less of.
 */
export type Mail<K extends Kind = Kind> = {
  messageId: string
  about: string
  number: string | null
  kind: K
  at: number
  to: { name: string; email: string }
  subject: string
  text: string
  html: string
  unsubscribe: string | null
}

/** What a mail shows beside its wording: whom it greets, in which language, and where its links lead. */
export type Frame = {
  name: string
  language: Language
  number: string | null
  currency: string
  link: string | null
  unsubscribe: string | null
}

/** Makes a mail to an order's customer of a wording. */
export function composeMail(
  wording: Wording<OrderKind>,
  contact: Contact,
  at: number,
  names: OrderNames,
): Mail<OrderKind> {
  const { orderId, number, name, email, language, currency, account } = contact
  const unsubscribe = account === null ? null : names.unsubscribeFor(account)
  const frame = { name, language, number, currency, link: names.linkTo(orderId), unsubscribe }
  return { messageId: names.messageIdOf(orderId, wording), about: orderId, at, ...partsOf(wording, frame, email) }
}

/** Whom a mail about an account goes to. */
export type Person = { name: string; email: string; language: Language }

/** Makes a mail about an account; `link` is where its button leads. */
export function composeCustomerMail(
  wording: Wording<CustomerKind>,
  person: Person,
  link: string | null,
  head: Pick<Mail, 'messageId' | 'about' | 'at'>,
): Mail<CustomerKind> {
  const { name, email, language } = person
  const frame = { name, language, number: null, currency: '', link, unsubscribe: null }
  return { ...head, ...partsOf(wording, frame, email) }
}

function partsOf<K extends Kind>(wording: Wording<K>, frame: Frame, email: string) {
  const { kind, subject } = wording
  const { name, number, unsubscribe } = frame
  const bodies = { text: renderText(wording, frame), html: renderHtml(wording, frame) }
  return { kind, number, to: { name, email }, subject, unsubscribe, ...bodies }
}
