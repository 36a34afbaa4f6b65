import { z } from 'zod'

const message = z.object({
  type: z.literal('steps'),
  isTold: z.boolean(),
  slowMs: z.number().min(0).max(5_000),
  dieAt: z.string().nullable(),
})

/** What a program is told about its steps; undefined for a message about anything else. */
export const switchesIn = (told: unknown) => message.safeParse(told).data
