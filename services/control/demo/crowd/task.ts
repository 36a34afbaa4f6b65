import { z } from 'zod'

/** What a crowd is told: where the sale is, and how many shall come for how long. The token keeps it from being limited as one address. */
export const taskShape = z.object({
  saleUrl: z.string(),
  orderUrl: z.string(),
  liveUrl: z.string(),
  adminToken: z.string(),
  sale: z.string(),
  count: z.int().min(1),
  ticketsPath: z.string(),
  limitMs: z.int(),
})
export type Task = z.infer<typeof taskShape>

/** What it tells of itself. */
export const crowdShape = z.object({
  sale: z.string(),
  wanted: z.int(),
  joined: z.int(),
  refused: z.int(),
  admitted: z.int(),
  paid: z.int(),
  isOver: z.boolean(),
})
