import PostalMime, { type Email } from 'postal-mime'
import { z } from 'zod'

/** A mail as it came in, one line of the mailbox file. `raw` holds one byte per character (latin1). */
export const mail = z.object({
  id: z.string(),
  at: z.number(), // ms
  from: z.string(), // from and to as in the SMTP dialogue
  to: z.array(z.string()),
  subject: z.string(),
  messageId: z.string().optional(), // the Message-ID header
  orderNumber: z.string().optional(), // the X-Order-Number header
  raw: z.string(),
})

export type Mail = z.infer<typeof mail>
export type Summary = Omit<Mail, 'raw'>
export type Envelope = Pick<Mail, 'id' | 'at' | 'from' | 'to'>

/** Reads a mail's headers into a line for the mailbox. Throws when the bytes are no mail. */
export async function readMail(bytes: Buffer, envelope: Envelope): Promise<Mail> {
  const email = await PostalMime.parse(bytes)
  return {
    ...envelope,
    subject: email.subject ?? '',
    messageId: email.messageId,
    orderNumber: headersOf(email)['x-order-number'],
    raw: bytes.toString('latin1'),
  }
}

/** What a list shows of a mail. */
export function summaryOf({ raw, ...summary }: Mail): Summary {
  return summary
}

/** The whole mail: its summary, decoded `text` and `html`, `headers` by lower-case name, and `raw`. */
export async function openMail(mail: Mail): Promise<object> {
  const bytes = Buffer.from(mail.raw, 'latin1')
  const email = await PostalMime.parse(bytes)
  const { text = '', html = '' } = email
  return { ...summaryOf(mail), text, html, headers: headersOf(email), raw: bytes.toString() }
}

/** Values of a header that comes more than once are joined, oldest last as in the mail. */
function headersOf({ headers }: Email): Record<string, string> {
  const found = new Map<string, string>()
  for (const { key, value } of headers) found.set(key, [found.get(key), value].filter(Boolean).join(', '))
  return Object.fromEntries(found)
}
