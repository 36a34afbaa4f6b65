import { z } from 'zod'

/** What the page of the tour is told, several times a second. It reads these types, too; they know nothing of Node. `slowMs` is for how long programs stand still at each step. */
export type Seen = { at: number; slowMs: number; steps: Step[]; commands: Command[]; skipped: number }

/** A program has come past a step of the protocol. `isLast`: it was told to die there, and did. */
export type Step = z.infer<typeof stepShape> & { excerpt: Excerpt | null }

/** A command as Redis has got it; `service` is whose list or hash it is about. Long arguments are cut. */
export type Command = { at: number; service: string; name: string; args: string[] }

/** Lines of a source, the first of which has number `from`. */
export type Excerpt = { from: number; lines: string[] }

/** By which a page of the tour is known: it makes one up. */
export const pageName = z.string().min(8).max(64)

const message = z.object({
  id: z.string(),
  name: z.string().optional(),
  subject: z.string().optional(),
  raw: z.string().optional().describe('As it lay in the list, where that is known'),
})

export const stepShape = z.object({
  service: z.string(),
  name: z.string().describe('Of the step'),
  file: z.string().describe('From the root of the project'),
  line: z.int(),
  at: z.number(),
  isLast: z.boolean(),
  queue: z.string().nullable().describe('To which list they go, or for which rows were settled'),
  messages: z.array(message).describe('Those that were under way there, as far as is known'),
})
