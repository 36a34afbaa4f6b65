import { z } from 'zod'

/** Whom or what is asked about: an order by its id, its mails by its number, mails to an address, SMS to a phone. */
export const whomShape = z.object({
  order: z.uuid().optional(),
  number: z.string().max(20).optional(),
  email: z.string().max(254).optional(),
  phone: z.string().max(20).optional(),
})

export type Whom = z.infer<typeof whomShape>

/** What has come to those outside, the newest first. Null: nobody was asked, or it is away. The page reads these types, too. */
export const outsideShape = z.object({
  charges: z.int().nullable().describe('How often the gateway charged the order'),
  mails: z.array(z.object({ id: z.string(), at: z.number(), subject: z.string() })).nullable(),
  sms: z.array(z.object({ sid: z.string(), at: z.number(), body: z.string() })).nullable(),
})

export type Outside = z.infer<typeof outsideShape>
