import { z } from 'zod'
import { SHARDS_MAX, services } from '../routes.ts'
import type { Shards } from '../shards.ts'

/** `logs` stays whole: how far each file has been told is seen by what is in its one list. */
const splittable = services.filter((service) => service !== 'logs')

/** Reads `SHARDS`: for each service that is named, a number of shards. */
export const shardCounts = z.string().transform((text, context): Shards => {
  const parts = text.split(',').map((part) => part.trim())
  const counts = parts.map((part) => part.split(':'))
  const isAgain = (i: number) => counts.findIndex(([name]) => name === counts[i]?.[0]) < i
  const wrong = parts.filter((part, i) => !allowed.has(part) || isAgain(i))
  if (wrong.length === 0) return Object.fromEntries(counts.map(([name, count]) => [name, Number(count)]))
  const like = `like inventory:4,payment:2, each service once, with 1 to ${SHARDS_MAX} shards (${splittable.join(', ')})`
  context.addIssue({ code: 'custom', message: `must be ${like}; not ${wrong.join(', ')}` })
  return z.NEVER
})

const allowed = new Set(
  splittable.flatMap((service) => Array.from({ length: SHARDS_MAX }, (_, i) => `${service}:${i + 1}`)),
)
