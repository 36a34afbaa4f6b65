import { z } from 'zod'

/** What is done while listeners are told: nothing; or their server is killed, subscriptions are cut, a window is closed. */
export const kinds = ['talk', 'kill', 'cut', 'away'] as const
export type Kind = (typeof kinds)[number]

/** What listeners of one kind have heard in a talk. The page reads these types, too. */
export const sideShape = z.object({
  open: z.int().describe('Listeners whose stream is open now'),
  told: z.int().describe('Pieces of news that were heard, each counted once for each listener'),
  missed: z.int().describe('Those that were not, so far'),
  again: z.int().describe('Those that came a second time'),
  perNote: z.array(z.int()).describe('How many have heard the first, the second …'),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  window: z.int().describe('Of these, how many the first listener has heard, whose window may be closed for a while'),
})
export type Side = z.infer<typeof sideShape>

export const talkShape = z.object({
  kind: z.enum(kinds),
  startedAt: z.number(),
  listeners: z.int().describe('Of each kind'),
  said: z.int(),
  isOver: z.boolean(),
  trouble: z.string().nullable().describe('Why it came to nothing, if it did'),
  ours: sideShape,
  plain: sideShape.describe('Those whose server only passes on what it hears from PUBLISH'),
})
export type Talk = z.infer<typeof talkShape>

export const talksAnswer = z.object({ talks: z.array(talkShape).describe('The last of each kind') })
export type TalksAnswer = z.infer<typeof talksAnswer>

export const nothing = (): Side => ({
  ...{ open: 0, told: 0, missed: 0, again: 0, perNote: [], p50Ms: null, p99Ms: null, window: 0 },
})
