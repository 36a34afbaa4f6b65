import { z } from 'zod'
import { type Intent, statusOf } from '../intent.ts'
import { intentObject } from '../objects/intent-object.ts'
import type { View } from '../objects/shown.ts'
import { refused } from './answer-once.ts'
import type { Answer } from './answer-to.ts'
import { readQuery } from './page-of.ts'
import { invalid } from './refusal.ts'
import type { Deps } from './stripe-routes.ts'

const form = z.strictObject({
  query: z.string(),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  page: z.string().optional(),
  expand: z.array(z.string()).optional(),
})

/**
 * Searches intents by what their metadata and status are, as in metadata['orderId']:'…' AND status:'succeeded'. Stripe finds
 * what is new within a minute; we at once. Source: https://docs.stripe.com/search#search-query-language
 */
export function searchIntents(query: unknown, view: View, { ledger }: Deps): Answer {
  const read = readQuery(form, query)
  if (!read.ok) return refused(read.refusal)
  const clauses = read.data.query.split(/ AND /i).map(clauseOf)
  if (!clauses.every((clause) => clause !== undefined)) return refused(invalid(UNREADABLE, 'query'))
  const found = candidates(clauses, ledger).filter((intent) => clauses.every((clause) => clause.holds(intent)))
  const start = Number(read.data.page ?? 0)
  const data = found.slice(start, start + read.data.limit).map((intent) => intentObject(intent, view))
  const next = start + data.length
  const body = {
    object: 'search_result',
    data,
    has_more: next < found.length,
    next_page: next < found.length ? String(next) : null,
  }
  return { status: 200, body: { ...body, url: '/v1/payment_intents/search' } }
}

const UNREADABLE = 'We were unable to parse your search query.'

type Clause = { orderId: string | undefined; holds(intent: Intent): boolean }

const METADATA = /^\s*metadata\[(["'])([^"']{1,40})\1\]\s*:\s*(["'])((?:\\.|(?!\3).)*)\3\s*$/
const STATUS = /^\s*status\s*:\s*(["'])(\w+)\1\s*$/

function clauseOf(text: string): Clause | undefined {
  const [, , key = '', , quoted] = METADATA.exec(text) ?? []
  if (quoted !== undefined) {
    const value = quoted.replace(/\\(.)/g, '$1')
    return { orderId: key === 'orderId' ? value : undefined, holds: ({ opened }) => opened.metadata[key] === value }
  }
  const status = STATUS.exec(text)?.[2]
  return status === undefined ? undefined : { orderId: undefined, holds: (intent) => statusOf(intent) === status }
}

/** Newest first; those of one order, if that is asked for. */
function candidates(clauses: readonly Clause[], ledger: Deps['ledger']): Intent[] {
  const orderId = clauses.find((clause) => clause.orderId !== undefined)?.orderId
  if (orderId === undefined) return [...ledger.intents()].reverse()
  const ids = new Set(ledger.list(orderId).flatMap(({ intentId }) => (intentId === undefined ? [] : [intentId])))
  return [...ids].reverse().flatMap((id) => ledger.findIntent(id) ?? [])
}
