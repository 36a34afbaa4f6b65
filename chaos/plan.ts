import type { Service } from '../shared/routes.ts'
import type { Edit } from './doctored-tree.ts'
import type { Engine } from './engines.ts'
import type { Fault } from './fault.ts'
import type { LivePlan } from './hold-live.ts'
import type { SalePlan } from './hold-sales.ts'
import type { LinePlan } from './write-lines.ts'

/** One run: what is sold, what is hurt, and how long the shop may take to recover. Times in ms. */
export type Plan = {
  seed: number
  orders: number
  durationMs: number
  faults: Fault[]
  /** What is wrong on purpose with the shop under test. */
  edits: Edit[]
  dataDir: string
  settleLimitMs: number
  /** What the shop runs on in place of what it brings. */
  engines?: readonly Engine[]
  /** Which share of the customers sign up; a twentieth where nothing is said. */
  signUpShare?: number
  /** Which share of the orders is cancelled; about a seventh where nothing is said. */
  cancelShare?: number
  /** Of which services a second worker runs beside the first. */
  doubled?: readonly Service[]
  /** Into how many the hot lists are split, as SHARDS says it; in no more than one where nothing is said. */
  shards?: string
  /** The sales that are held meanwhile, if any. */
  sale?: SalePlan
  /** The lines that are written beside the shop, if any; and who watches what is live. */
  lines?: LinePlan
  live?: LivePlan
  /** How long an order waits for its customer; 15 s where nothing is said. */
  payWithinMs?: number
  /** Called when the shop is open, before its first customer. */
  onOpen?: () => void
  /** Asked before each customer; from when it is true no more come. */
  isEnough?: (dataDir: string) => boolean
}
