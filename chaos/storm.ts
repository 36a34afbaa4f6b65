import type { Rest } from './await-rest.ts'
import type { LiveReceipts } from './hold-live.ts'
import type { LiveTold } from './judge-live.ts'
import type { Leftovers } from './leftovers.ts'
import type { Tally } from './nemesis.ts'
import type { Receipts } from './receipts.ts'
import type { SaleReceipts } from './sale-receipts.ts'
import type { LineReceipts } from './write-lines.ts'

/** All that was done and seen while the shop was open. */
export type Storm = {
  receipts: Receipts
  tally: Tally
  rest: Rest
  /** What programs have to say that are not ready, though nothing is wrong any more. */
  unready: string[]
  leftovers: Leftovers
  mostPushes: number
  tookMs: number
  /** What was found wrong with the shop next door. */
  nextDoor: string[]
  /** Where sales were held: what buyers were told, and what whoever recomputes them finds wrong. */
  sales: { told: SaleReceipts; wrong: string[] } | undefined
  /** Where lines were written beside the shop: how many, and how long it took until logs said that all are kept. */
  lines: { told: LineReceipts; tookMs: number; isAll: boolean } | undefined
  /** Where somebody watched what is live: what was said, and what they count themselves. */
  live: { receipts: LiveReceipts; told: LiveTold } | undefined
  /** What a subscriber outside was told, by how many calls, and what is wrong with that. */
  outside: { events: number; calls: number; untold: string[] }
}
