import { z } from 'zod'
import { type Ask, unreachable } from '../../shared/web/ask-service.ts'
import type { Window } from './windows.ts'

const PAGES_MAX = 50 // of a thousand orders

const page = z.object({ orders: z.array(z.tuple([z.string(), z.number()])), next: z.int().nullable() })

/** Orders by their numbers, and when (ms) each was placed; `reachTo` is the oldest of them, where not all were read. */
export type Books = { placedAt: Map<string, number>; isWhole: boolean; reachTo: number }

/**
 * Asks order what was placed in a window, page by page from the newest back to where it begins. Throws a 503 when order does
 * not answer: without its books there is nothing to compare with.
 */
export async function readBooks(ask: Ask, { since, until }: Window): Promise<Books> {
  const placedAt = new Map<string, number>()
  let reachTo = until
  let before: number | null = null
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const { orders, next } = await readPage(ask, before)
    for (const [number, at] of orders) {
      if (at >= since && at < until) placedAt.set(number, at)
      reachTo = at
    }
    if (next === null || reachTo < since) return { placedAt, isWhole: true, reachTo }
    before = next
  }
  return { placedAt, isWhole: false, reachTo }
}

async function readPage(ask: Ask, before: number | null): Promise<z.infer<typeof page>> {
  const reply = await ask('order', `/ops/placed${before === null ? '' : `?before=${before}`}`)
  if (reply?.status !== 200) throw unreachable('order')
  return page.parse(reply.body)
}
