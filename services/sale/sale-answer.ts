import { z } from 'zod'
import { catalogue } from '../../shared/catalogue.ts'
import { kinds, queueings, type Sale, saleStates, stateOf, whys } from './sale.ts'

const iso = z.iso.datetime()

/** A sale as everybody sees it. */
export const saleAnswer = z.object({
  id: z.string(),
  kind: z.enum(kinds).describe('A group must sell out, or all is called off'),
  order: z
    .enum(queueings)
    .describe('Who comes first: in a line whoever joined first, else whom the draw has given that place'),
  sku: z.string(),
  name: z.string(),
  priceCents: z.int(),
  currency: z.string(),
  state: z.enum(saleStates),
  why: z.enum(whys).nullable().describe('Why it is over; null while it is not'),
  units: z.int().describe('What inventory has set aside, or what was asked for while it has not answered yet'),
  free: z.int().describe('Units nobody has been let in for'),
  held: z.int().describe('Units of those who were let in and have not paid yet'),
  bought: z.int(),
  spared: z.int().describe('Units given back to the shelf'),
  joined: z.int().describe('How many have joined'),
  admittedUpTo: z.int().describe('All up to this position have been let in'),
  waiting: z.int(),
  drainPerMinute: z.int().describe('How many were let in in the last minute'),
  opensAt: iso,
  drawsAt: iso.nullable(),
  endsAt: iso,
  payWithinMs: z.int().describe('How long somebody who is let in has to pay'),
  endedAt: iso.nullable(),
  seedHash: z.string().nullable().describe('Of a draw: the SHA-256 of its seed, known from the beginning'),
  seed: z.string().nullable().describe('Of a draw that has been made'),
})

export type SaleAnswer = z.infer<typeof saleAnswer>

const names = new Map(catalogue.map(({ sku, name }) => [sku, name]))

/** What is told of a sale as of `now` (ms). */
export function answerOf(sale: Sale, drainPerMinute: number, now: number): SaleAnswer {
  const { id, kind, queueing: order, sku, unitPriceCents: priceCents, currency, why } = sale
  const { granted, credits: free, held, bought, spared, numbers: joined, admissions, admittedUpTo, endedAt } = sale
  const { payWithinMs, seedHash, drawnAt, seed } = sale
  const goods = { sku, name: names.get(sku) ?? sku, priceCents, currency }
  const counts = { units: granted ?? sale.units, free, held, bought, spared, joined, admittedUpTo }
  const waiting = endedAt === null ? joined - admissions : 0
  const times = { opensAt: at(sale.opensAt), drawsAt: atOrNull(sale.drawsAt), endsAt: at(sale.endsAt), payWithinMs }
  return {
    ...{ id, kind, order, ...goods, state: stateOf(sale, now), why, ...counts, waiting, drainPerMinute, ...times },
    ...{ endedAt: atOrNull(endedAt), seedHash, seed: drawnAt === null ? null : seed },
  }
}

const at = (ms: number) => new Date(ms).toISOString()
const atOrNull = (ms: number | null) => (ms === null ? null : at(ms))
