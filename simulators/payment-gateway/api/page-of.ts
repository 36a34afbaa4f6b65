import { z } from 'zod'
import { invalidForm, missing, type Refusal } from './refusal.ts'

const limit = z.coerce.number().int().min(1).max(100).default(10)

/** The fields of a query by which all lists are paged. */
export const paging = { limit, starting_after: z.string().optional(), ending_before: z.string().optional() }

const span = z.coerce.number().int()
/** Created at this second, or within these. */
export const created = z
  .union([span, z.strictObject({ gt: span, gte: span, lt: span, lte: span }).partial()])
  .optional()

const query = z.object(paging)
type Paging = z.infer<typeof query>
type Page = { object: 'list'; data: object[]; has_more: boolean; url: string }

/** Reads a query; the refusal names the first field that is wrong. */
export function readQuery<T>(
  schema: z.ZodType<T>,
  fields: unknown,
): { ok: true; data: T } | { ok: false; refusal: Refusal } {
  const parsed = schema.safeParse(fields)
  return parsed.success ? { ok: true, data: parsed.data } : { ok: false, refusal: invalidForm(parsed.error, fields) }
}

/** One page of `items`, which come newest first. Unknown cursors are refused. */
export function pageOf<T>(
  items: readonly T[],
  by: Paging,
  idOf: (item: T) => string,
  show: (item: T) => object,
  url: string,
): Page | Refusal {
  const cursor = by.starting_after ?? by.ending_before
  const index = cursor === undefined ? -1 : items.findIndex((item) => idOf(item) === cursor)
  if (cursor !== undefined && index === -1)
    return missing('object', cursor, 400, by.starting_after === undefined ? 'ending_before' : 'starting_after')
  if (by.starting_after === undefined && by.ending_before !== undefined) {
    const newer = items.slice(0, index)
    return page(newer.slice(-by.limit).map(show), newer.length > by.limit, url)
  }
  const older = items.slice(index + 1)
  return page(older.slice(0, by.limit).map(show), older.length > by.limit, url)
}

export function page(data: object[], has_more: boolean, url: string): Page {
  return { object: 'list', data, has_more, url }
}

/** Whether a second lies within what was asked for. */
export function isWithin(second: number, wanted: z.infer<typeof created>): boolean {
  if (wanted === undefined) return true
  if (typeof wanted === 'number') return second === wanted
  const { gt = -1, gte = 0, lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = wanted
  return second > gt && second >= gte && second < lt && second <= lte
}
