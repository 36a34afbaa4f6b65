import { z } from 'zod'

/** Form fields are text; these are the two that several endpoints share. */
export const cents = z
  .string()
  .regex(/^[1-9]\d{0,7}$/, { error: 'must be a positive integer of at most 8 digits' })
  .transform(Number)

export const metadata = z.record(z.string().max(40), z.string().max(500)).default({})
