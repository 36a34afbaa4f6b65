import { z } from 'zod'

/** What has become of a sale without a queue: who buys is looked up, and then written down. The page reads this type, too. */
export const naiveShape = z.object({
  startedAt: z.number(),
  units: z.int(),
  buyers: z.int(),
  asked: z.int().describe('Buyers who have their answer'),
  promised: z.int().describe('Those who were told that they have a unit'),
  sold: z.int().nullable().describe('Orders in its books in the end; null before that'),
  isOver: z.boolean(),
  trouble: z.string().nullable().describe('Why it came to nothing, if it did'),
})
export type Naive = z.infer<typeof naiveShape>

export const naiveAnswer = z.object({ naive: naiveShape.nullable().describe('The last one') })
export type NaiveAnswer = z.infer<typeof naiveAnswer>
