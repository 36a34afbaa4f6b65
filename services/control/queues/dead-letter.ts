import { z } from 'zod'
import { services } from '../../../shared/routes.ts'

const deadLetter = z.object({
  service: z.enum(services).describe('Who keeps it'),
  queue: z.enum(services).describe('Whose message it was'),
  id: z.string(),
  event: z.string().nullable(),
  subject: z.string().nullable(),
  reason: z.string(),
  body: z.string().describe('As it was found in the list'),
  at: z.iso.datetime(),
  canReplay: z.boolean().describe('False when it is not a message at all'),
})

/** What has been given up anywhere, newest first. */
export const deadLetters = z.object({
  deadLetters: z.array(deadLetter),
  total: z.int().describe('How many there are, listed or not'),
  unreachable: z.array(z.enum(services)).describe('Services that could not be asked'),
})

export type DeadLetter = z.infer<typeof deadLetter>
export type DeadLetters = z.infer<typeof deadLetters>
