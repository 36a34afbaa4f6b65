import { z } from 'zod'
import { sideShape } from '../talk-shape.ts'

/** What the listeners are told to do. */
export const orderShape = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('gather'), ours: z.string(), plain: z.string(), count: z.int().min(1) }),
  z.strictObject({ do: z.literal('begin'), talk: z.string() }),
  z.strictObject({ do: z.literal('said'), n: z.int() }),
  z.strictObject({ do: z.literal('first'), what: z.enum(['leaves', 'returns']) }),
])
export type Order = z.infer<typeof orderShape>

/** What they tell of themselves; `talk` is the one that they count. */
export const heardShape = z.object({
  talk: z.string(),
  isGathered: z.boolean(),
  listeners: z.int().describe('Of each kind'),
  ours: sideShape,
  plain: sideShape,
})
export type Heard = z.infer<typeof heardShape>
