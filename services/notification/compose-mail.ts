import type { Language } from '../../shared/customer-events.ts'
import type { Contact } from './contacts.ts'
import type { OrderNames } from './order-names.ts'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import type { CustomerKind, Kind, OrderKind, Wording } from './wording.ts'
import { wordsIn } from './words/words.ts'

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

/**
 * What a mail shows beside its wording: whom it greets, in which language, where its links lead, and, below, why it has come and
 * how there are no more.
 */
export type Frame = {
  name: string
  language: Language
  number: string | null
  currency: string
  link: string | null
  unsubscribe: string | null
  footing: { about: string; unsubscribe: string }
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
  const words = wordsIn(language)
  const footing = { about: words.about(number), unsubscribe: words.unsubscribe }
  const frame = { name, language, number, currency, link: names.linkTo(orderId), unsubscribe, footing }
  return mailOf(wording, frame, { name, email }, { messageId: names.messageIdOf(orderId, wording), about: orderId, at })
}

/** Whom a mail about an account goes to. */
export type Person = { name: string; email: string; language: Language }

/** Makes a mail about an account; `link` is where its button leads. */
export function composeCustomerMail(
  wording: Wording<CustomerKind>,
  person: Person,
  link: string | null,
  head: Head,
): Mail<CustomerKind> {
  const { name, email, language } = person
  const footing = { about: wordsIn(language).aboutAccount, unsubscribe: '' }
  const frame = { name, language, number: null, currency: '', link, unsubscribe: null, footing }
  return mailOf(wording, frame, { name, email }, head)
}

type Head = Pick<Mail, 'messageId' | 'about' | 'at'>

/** Makes a mail of a wording in its frame. */
export function mailOf<K extends Kind>(wording: Wording<K>, frame: Frame, to: Mail['to'], head: Head): Mail<K> {
  const { kind, subject } = wording
  const { number, unsubscribe } = frame
  const bodies = { text: renderText(wording, frame), html: renderHtml(wording, frame) }
  return { ...head, kind, number, to, subject, unsubscribe, ...bodies }
}
