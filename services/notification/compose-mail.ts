import type { Contact } from './contacts.ts'
import type { OrderNames } from './order-names.ts'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import type { Kind, Wording } from './wording.ts'

/** A mail ready to send; `at` is when what it tells of happened (ms). */
export type Mail = {
  messageId: string
  orderId: string
  number: string
  kind: Kind
  at: number
  to: { name: string; email: string }
  subject: string
  text: string
  html: string
}

/** Makes a mail to an order's customer of a wording. */
export function composeMail(wording: Wording, contact: Contact, at: number, names: OrderNames): Mail {
  const { orderId, number, name, email } = contact
  const { kind, subject } = wording
  const messageId = names.messageIdOf(orderId, wording)
  const link = names.linkTo(orderId)
  const text = renderText(wording, contact, link)
  const html = renderHtml(wording, contact, link)
  return { messageId, orderId, number, kind, at, to: { name, email }, subject, text, html }
}
