import { z } from 'zod'
import { pageName } from '../seen.ts'

export const busBody = z.strictObject({
  page: pageName,
  action: z.enum(['come', 'kill', 'start', 'fail', 'well', 'forget']),
})

/** A line of our sources as it is, and as it is with the guest. */
const diff = z.object({ file: z.string(), line: z.int(), before: z.string(), after: z.string() })

/** How the guest stands. The page reads these types, too. */
export const busShape = z.object({
  state: z.string().describe('Of its process, as of any other'),
  waiting: z.int().nullable().describe('In its list; null while Redis is away'),
  points: z
    .object({ orders: z.int(), points: z.int() })
    .nullable()
    .describe('What it knows; null while it does not answer'),
  diff: z.array(diff).describe('All that the table needs for it'),
})

export type BusNow = z.infer<typeof busShape>
