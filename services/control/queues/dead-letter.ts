import { z } from 'zod'
import { services } from '../../../shared/routes.ts'

const closing = z.object({
  how: z.enum(['replayed', 'edited', 'discarded']),
  at: z.iso.datetime(),
  by: z.string().describe('A session of the control room, or the token'),
  why: z.string().nullable(),
  sent: z.string().nullable().describe('What was sent in its place, where it was edited'),
})

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
  canEdit: z
    .boolean()
    .describe('False when its receiver never spoke, and may have handled it: it can be sent as it is'),
  closed: closing.nullable().describe('What became of it; null while it waits for a person'),
})

/** What has been given up anywhere, newest first. */
export const deadLetters = z.object({
  deadLetters: z.array(deadLetter),
  total: z.int().describe('How many wait for a person, listed or not'),
  unreachable: z.array(z.enum(services)).describe('Services that could not be asked'),
})

export type DeadLetter = z.infer<typeof deadLetter>
export type DeadLetters = z.infer<typeof deadLetters>
