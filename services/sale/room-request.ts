import { z } from 'zod'
import { personName } from '../../shared/person-name.ts'
import { shown } from '../../shared/shown-text.ts'

const NAME_MAX = 80 // as in mails
const TEXT_MAX = 280

const notEmpty = z.string().min(1, 'must not be empty')

/** What somebody in line sends to say something to all who are in the room. */
export const roomRequest = z.object({
  ticket: z.string().max(64).describe('Of whoever speaks; its key comes as Order-Key'),
  name: personName.transform((name) => shown(name, NAME_MAX)).pipe(notEmpty),
  text: z
    .string()
    .max(TEXT_MAX)
    .transform((text) => shown(text, TEXT_MAX))
    .pipe(notEmpty),
})

/** What was said, as everybody reads it. */
export const saidAnswer = z.object({
  said: z.int().describe('Counts what was said in this room'),
  name: z.string(),
  text: z.string(),
})

export const roomHeaders = z.object({
  'Order-Key': z
    .string()
    .optional()
    .describe('The key of the ticket; whoever is signed in to the account that it belongs to needs none.'),
})

export type SaidAnswer = z.infer<typeof saidAnswer>
