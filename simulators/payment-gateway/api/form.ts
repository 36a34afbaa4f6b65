import { z } from 'zod'

/** Form fields are text; these are what several endpoints share. */
export const cents = z
  .string()
  .regex(/^[1-9]\d{0,7}$/, { error: 'must be a positive integer of at most 8 digits' })
  .transform(Number)

export const metadata = z.record(z.string().max(40), z.string().max(500)).default({})

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** What of the answer shall be given in full. */
export const expand = z.array(z.string().max(200)).max(20).optional()

export const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, { error: 'must be a three-letter ISO currency code' })
  .transform((text) => text.toLowerCase())

export const url = z.url({ protocol: /^https?$/, error: 'must be a URL, with its scheme: https://…' }).max(5_000)
