import type { Columns } from '../../shared/store/sql.ts'

/** `group`: it must sell out, or all is called off. */
export const kinds = ['flash', 'group'] as const
/** By when they came, or by lot. */
export const queueings = ['line', 'draw'] as const
/** `formed` and `failed` are of groups. */
export const whys = ['soldOut', 'overdue', 'formed', 'failed'] as const
export const saleStates = ['announced', 'open', 'drawing', 'ended'] as const

export type Why = (typeof whys)[number]
export type SaleState = (typeof saleStates)[number]

/**
 * A sale, with its one counter: `granted`, null until inventory has answered, is the sum of `credits`, `held`, `bought` and
 * `spared` at every commit. Times in ms.
 */
export type Sale = {
  id: string
  kind: (typeof kinds)[number]
  queueing: (typeof queueings)[number]
  sku: string
  unitPriceCents: number
  currency: string
  units: number
  granted: number | null
  credits: number
  held: number
  bought: number
  spared: number
  numbers: number
  admissions: number
  admittedUpTo: number
  opensAt: number
  drawsAt: number | null
  endsAt: number
  payWithinMs: number
  seed: string | null
  seedHash: string | null
  drawnAt: number | null
  endedAt: number | null
  why: Why | null
  createdAt: number
}

export const saleColumns: Columns<Sale> = [
  ...(['id', 'kind', 'queueing', 'sku', 'unitPriceCents', 'currency', 'units', 'granted'] as const),
  ...(['credits', 'held', 'bought', 'spared', 'numbers', 'admissions', 'admittedUpTo'] as const),
  ...(['opensAt', 'drawsAt', 'endsAt', 'payWithinMs', 'seed', 'seedHash', 'drawnAt', 'endedAt', 'why'] as const),
  'createdAt',
]

/** Where a sale stands as of `now`, for people. */
export function stateOf(sale: Sale, now: number): SaleState {
  if (sale.endedAt !== null) return 'ended'
  if (now < sale.opensAt) return 'announced'
  return sale.drawsAt !== null && now >= sale.drawsAt && sale.drawnAt === null ? 'drawing' : 'open'
}

/** Why nobody can join it as of `now`; null where everybody can. */
export function shutBy(sale: Sale, now: number): 'early' | 'drawn' | 'over' | null {
  if (now < sale.opensAt) return 'early'
  if (sale.endedAt !== null || now >= sale.endsAt) return 'over'
  return sale.drawsAt !== null && (now >= sale.drawsAt || sale.drawnAt !== null) ? 'drawn' : null
}

/** Whether somebody could be let in as of `now`: a unit is free, it is not over, and it is known who is first. */
export function mayAdmit(sale: Sale, now: number): boolean {
  return (
    sale.credits > 0 && sale.endedAt === null && now < sale.endsAt && !(sale.drawsAt !== null && sale.drawnAt === null)
  )
}

/** Why a sale is over whose units have not all been bought in time. */
export function whyOver({ kind }: Sale): Why {
  return kind === 'group' ? 'failed' : 'overdue'
}

/** Whether all that was granted is bought. */
export function isSoldOut({ granted, bought }: Sale): boolean {
  return granted !== null && granted > 0 && bought >= granted
}

/** How many stand before somebody; null while nobody knows. All before `admittedUpTo` have been let in. */
export function placeOf(position: number | null, { admittedUpTo }: Sale): number | null {
  return position === null ? null : Math.max(0, position - admittedUpTo - 1)
}
