import { z } from 'zod'

/** What comes of joining a sale. The page reads these types, too. */
export const ticketAnswer = z.object({
  ticket: z.string().describe('The id of the entry, and of the order that it becomes'),
  key: z.string().describe('Opens the entry, and the order: send it as Order-Key'),
  number: z.int().describe('Counts those who have joined'),
  place: z.int().nullable().describe('How many stand before; null before the draw'),
})

const entryStates = ['joined', 'waiting', 'admitted', 'bought', 'gone', 'refused'] as const

/** An entry as its customer sees it. */
export const entryAnswer = ticketAnswer.omit({ key: true }).extend({
  position: z.int().nullable().describe('In the order of the sale; null before the draw'),
  state: z.enum(entryStates),
  orderUrl: z.string().nullable().describe('Where it is paid, once somebody is let in'),
})

export type TicketAnswer = z.infer<typeof ticketAnswer>
export type EntryAnswer = z.infer<typeof entryAnswer>
