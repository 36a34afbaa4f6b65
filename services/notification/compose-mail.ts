import type { Contact } from './contacts.ts'
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
export function composeMail(wording: Wording, contact: Contact, at: number): Mail {
  const { orderId, number, name, email } = contact
  const { kind, subject } = wording
  const messageId = messageIdOf(orderId, kind)
  const text = renderText(wording, contact)
  const html = renderHtml(wording, contact)
  return { messageId, orderId, number, kind, at, to: { name, email }, subject, text, html }
}

/**
 * The same for every copy of a mail: a worker that dies between the server's OK and its own commit sends the
 * mail again, and most mailboxes show the second copy of a Message-ID only once.
 */
export function messageIdOf(orderId: string, kind: Kind): string {
  return `<${orderId}.${kind}@orderline.example>`
}
