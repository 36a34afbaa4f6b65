import { z } from 'zod'
import { SHARDS_MAX, services } from '../routes.ts'
import type { Shards } from '../shards.ts'

/** Reads `SHARDS`: for each service that is named, a number of shards. */
export const shardCounts = z.string().transform((text, context): Shards => {
  const parts = text.split(',').map((part) => part.split(':').map((word) => word.trim()))
  const wrong = parts.filter(([name = '', count = '', ...more]) => {
    const isCount = /^\d$/.test(count) && Number(count) >= 1 && Number(count) <= SHARDS_MAX
    return !services.some((service) => service === name) || !isCount || more.length > 0
  })
  const twice = parts.filter(([name], i) => parts.findIndex(([other]) => other === name) < i)
  if (wrong.length === 0 && twice.length === 0)
    return Object.fromEntries(parts.map(([name, count]) => [name, Number(count)]))
  const said = [...wrong, ...twice].map((words) => words.join(':')).join(', ')
  context.addIssue({
    code: 'custom',
    message: `must be like inventory:4,payment:2, each service once, with 1 to ${SHARDS_MAX} shards; not ${said}`,
  })
  return z.NEVER
})
