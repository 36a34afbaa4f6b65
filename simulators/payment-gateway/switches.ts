import { z } from 'zod'
import { delayMs, share } from '../switches.ts'

/** What can be done to the gateway while it runs. A restart puts everything back to normal. */
export type Switches = {
  /** Every request is answered with 503 and nothing is carried out. */
  outage: boolean
  /** How long each request is held before it is carried out; its idempotency key stays busy meanwhile. */
  delayMs: number
  /** Share of POSTs whose outcome is in the ledger and whose connection then dies without an answer. */
  loseAnswers: number
  /** How many requests a second are taken, the others answered with 429; 0 for all of them. Stripe takes 100. */
  perSecond: number
}

/** The switches as they are after a start. */
export const allWell = (): Switches => ({ outage: false, delayMs: 0, loseAnswers: 0, perSecond: 0 })

/** What `POST /_switches` may change. */
export const changes = z
  .strictObject({ outage: z.boolean(), delayMs, loseAnswers: share, perSecond: z.number().min(0).max(100_000) })
  .partial()
