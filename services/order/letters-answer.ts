import { z } from 'zod'

/** A mail as it is shown. This file stands by itself, for the page of an order reads its types, too. */
export const sentMail = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  raw: z.string().describe('As it travelled, with all headers'),
})

/** An SMS as it is shown. */
export const sentSms = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  to: z.string().describe('The end of the number'),
  text: z.string(),
  state: z.enum(['sending', 'sent', 'delivered', 'failed']),
})

export type SentMail = z.infer<typeof sentMail>
export type SentSms = z.infer<typeof sentSms>
