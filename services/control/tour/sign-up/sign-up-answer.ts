import { z } from 'zod'
import { pageName } from '../seen.ts'

/** How somebody signs up: mail, then SMS, then the answer; both at once, then the answer; or as the shop does it. */
export const ways = ['serial', 'parallel', 'queue'] as const

export const signUpBody = z.strictObject({
  page: pageName,
  way: z.enum(ways),
  language: z.enum(['en', 'zh']).default('en').describe('In which the shop writes'),
})

/** Who was signed up, and for how long that took at the door (ms). The page reads these types, too. */
export const signedUp = z.object({
  email: z.string(),
  phone: z.string(),
  at: z.number().describe('When it was asked for (ms)'),
  tookMs: z.number(),
  registration: z.string().nullable().describe('By which the shop tells what has become of it'),
})

export type Way = (typeof ways)[number]
export type SignedUp = z.infer<typeof signedUp>
