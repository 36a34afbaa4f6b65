import type { Figures } from '../contest.ts'
import { percentile } from '../stats.ts'
import type { Mail } from './mailbox.ts'

/** An order that was answered at that moment (ms since 1970). */
export type Ordered = { number: string; at: number }

/** Of `waiters`, who has no mail among these, and who has more than one. */
export function countTold(mails: Mail[], waiters: string[]): { missing: number; doubled: number } {
  const count = new Map<string, number>()
  for (const { to } of mails) for (const address of to) count.set(address, (count.get(address) ?? 0) + 1)
  const counts = waiters.map((waiter) => count.get(waiter) ?? 0)
  return {
    missing: counts.filter((one) => one === 0).length,
    doubled: counts.reduce((sum, one) => sum + Math.max(one - 1, 0), 0),
  }
}

/** How long receipts took: the first mail about each order. One that has not come by `now` has taken until then. */
export function receiptWaits(mails: Mail[], orders: Ordered[], now: number): Figures {
  const first = new Map<string, number>()
  for (const { orderNumber = '', at } of mails) first.set(orderNumber, Math.min(first.get(orderNumber) ?? at, at))
  const waits = orders.map(({ number, at }) => (first.get(number) ?? now) - at)
  return { receiptP50Ms: percentile(waits, 0.5), receiptP99Ms: percentile(waits, 0.99) }
}
