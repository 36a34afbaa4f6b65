import { z } from 'zod'
import { services } from '../../../shared/routes.ts'

const kinds = [
  'order',
  'account',
  'product',
  'payment',
  'refund',
  'dispute',
  'mail',
  'alert',
  'event',
  'waiting',
  'handled',
  'letter',
] as const

const hit = z.object({
  kind: z.enum(kinds),
  service: z.enum(services).describe('Who has it on disk'),
  id: z.string(),
  title: z.string().describe('A number, an id, a sku, an event: never who buys'),
  state: z
    .string()
    .nullable()
    .describe('How it stands; of a product, how many are free; of a message, in which list, or its outcome'),
  at: z.iso.datetime().nullable(),
  link: z.string().nullable().describe('Where more of it is shown'),
})

/** What the services have on disk under what was looked for. */
export const searchAnswer = z.object({
  hits: z.array(hit).describe('At most twenty of one kind of each service'),
  log: z.string().describe('Where the log is searched for the same'),
  unreachable: z.array(z.enum(services)).describe('Services that could not be asked'),
})

export type Hit = z.infer<typeof hit>
export type Found = z.infer<typeof searchAnswer>
