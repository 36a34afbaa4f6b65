import type { Hop as Told } from '../../shared/web/peaks.ts'

/** One service on the way from an order to its money, as it was seen at one moment, before it is told with its wait. */
export type Hop = Omit<Told, 'waitMs'> & {
  /** How long a call of its to the world outside takes, in ms; 0 where it makes none. */
  callMs: number
  /** Somebody works there, and is not paused. */
  isManned: boolean
}

/** How long what is placed now waits, hop by hop, in ms; and what one more before it would add. */
export type Wait = { waitsMs: number[]; waitMs: number; perOrderMs: number }

/**
 * A hop is through with what is placed now when it has handled all that waits up to it, for what waits before comes to it
 * meanwhile; so the slowest one decides. Whether it is at work just now makes no difference here. Pure.
 */
export function waitOf(hops: Pick<Hop, 'waiting' | 'canPerS'>[]): Wait {
  let before = 0
  let waitMs = 0
  let perOrderMs = 0
  const waitsMs: number[] = []
  for (const { waiting, canPerS } of hops) {
    before += waiting
    waitMs = Math.max(waitMs, (before * 1_000) / canPerS)
    perOrderMs = Math.max(perOrderMs, 1_000 / canPerS)
    waitsMs.push(waitMs)
  }
  return { waitsMs, waitMs, perOrderMs }
}
