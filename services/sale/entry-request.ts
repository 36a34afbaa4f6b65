import { z } from 'zod'
import { languages } from '../../shared/customer-events.ts'
import { emailAddress } from '../../shared/email-address.ts'
import { personName } from '../../shared/person-name.ts'

const BUYER_CHARS = { min: 16, max: 64 }

/** What a customer sends to join a sale. */
export const entryRequest = z.object({
  buyer: z
    .string()
    .min(BUYER_CHARS.min)
    .max(BUYER_CHARS.max)
    .describe('A secret that the customer’s page makes and keeps: with it, joining again gives the same ticket.'),
  email: emailAddress,
  name: personName.optional(),
  language: z
    .enum(languages)
    .optional()
    .describe('What mails are written in; without it what Accept-Language would rather have.'),
})

/** What comes of it. */
export const ticketAnswer = z.object({
  ticket: z.string().describe('The id of the entry, and of the order that it becomes'),
  key: z.string().describe('Opens the entry, and the order: send it as Order-Key'),
  number: z.int().describe('Counts those who have joined'),
  place: z.int().nullable().describe('How many stand before; null before the draw'),
})

export const entryStates = ['joined', 'waiting', 'admitted', 'bought', 'gone', 'refused'] as const

/** An entry as its customer sees it. */
export const entryAnswer = ticketAnswer.omit({ key: true }).extend({
  position: z.int().nullable().describe('In the order of the sale; null before the draw'),
  state: z.enum(entryStates),
  orderUrl: z.string().nullable().describe('Where it is paid, once somebody is let in'),
})

/** The name that mails begin with where none was given: what stands before the @ of an address. */
export function nameIn(email: string): string {
  const local = email.slice(0, email.lastIndexOf('@')).replace(/\+.*$/, '')
  return local.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim() || 'Customer'
}

export type EntryRequest = z.infer<typeof entryRequest>
export type TicketAnswer = z.infer<typeof ticketAnswer>
export type EntryAnswer = z.infer<typeof entryAnswer>
