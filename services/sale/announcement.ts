import { z } from 'zod'
import { kinds, queueings } from './sale.ts'

const UNITS_MAX = 100_000
const PRICE_MAX_CENTS = 100_000_000
const PAY_WITHIN_MS = { min: 1_000, max: 86_400_000, usual: 300_000 }
const TIME_MAX = 8.64e15 // https://tc39.es/ecma262/#sec-time-values-and-time-range

const time = z
  .union([z.int().min(0).max(TIME_MAX), z.iso.datetime({ offset: true })], { error: 'must be a time: ISO 8601, or ms' })
  .transform((given) => new Date(given).getTime())

/** What an admin announces. */
export const announcement = z
  .object({
    kind: z.enum(kinds),
    sku: z.string().trim().min(1, 'must not be empty').max(64),
    units: z.int().min(1).max(UNITS_MAX).describe('How many inventory shall set aside; it sets aside what there is.'),
    priceCents: z.int().min(1).max(PRICE_MAX_CENTS),
    opensAt: time.optional().describe('Now, if nothing is said.'),
    endsAt: time,
    payWithinMs: z
      .int()
      .min(PAY_WITHIN_MS.min)
      .max(PAY_WITHIN_MS.max)
      .default(PAY_WITHIN_MS.usual)
      .describe('How long somebody who is let in has to pay, before the unit goes to the next.'),
    order: z.enum(queueings).default('line'),
    drawsAt: time.optional().describe('When the last can join, and the draw is made; only for a draw.'),
    mustSellOut: z.boolean().optional().describe('The same as kind: group.'),
  })
  .superRefine(refuseContradictions)

export type Announcement = z.infer<typeof announcement>

/** What may come along in headers. */
export const announceHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .describe('Makes a repetition safe: the same key and body get the same answer, and one sale.'),
})

function refuseContradictions(asked: Contradictory, context: z.RefinementCtx<Contradictory>): void {
  const { kind, order, drawsAt, endsAt, mustSellOut, opensAt = Date.now() } = asked
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (endsAt <= Math.max(opensAt, Date.now())) wrong('endsAt', 'must be after opensAt, and to come')
  if (order === 'line') {
    if (drawsAt !== undefined) wrong('drawsAt', 'is only for a draw')
  } else if (drawsAt === undefined) wrong('drawsAt', 'is missing')
  else if (drawsAt <= opensAt || drawsAt >= endsAt) wrong('drawsAt', 'must be between opensAt and endsAt')
  if (mustSellOut !== undefined && mustSellOut !== (kind === 'group')) wrong('mustSellOut', 'is what kind: group means')
}

type Contradictory = {
  kind: (typeof kinds)[number]
  order: (typeof queueings)[number]
  opensAt?: number | undefined
  drawsAt?: number | undefined
  endsAt: number
  mustSellOut?: boolean | undefined
}
