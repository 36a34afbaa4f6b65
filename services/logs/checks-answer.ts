import { z } from 'zod'

const iso = z.iso.datetime()

const check = z.object({
  check: z.literal('order.placed'),
  lines: z.int().describe('Orders that a line tells of'),
  rows: z.int().describe('Orders in the books of order'),
  difference: z.int().describe('Lines less rows'),
  withoutLine: z.array(z.string()).describe('In the books, and no line tells of them; at most 20 numbers'),
  withoutRow: z.array(z.string()).describe('A line tells of them, and they are not in the books; at most 20 numbers'),
  words: z.string().describe('The same for people'),
})

/** Whether the log and the books tell the same. */
export const checksAnswer = z.object({
  since: iso.describe('Later than was asked for where there were more orders than are compared at once'),
  until: iso,
  isSame: z.boolean(),
  checks: z.array(check),
})

export type ChecksAnswer = z.infer<typeof checksAnswer>
