import { z } from 'zod'
import { delayMs, share } from '../switches.ts'

const DAY_MS = 24 * 60 * 60_000

/** What can be done to the gateway while it runs. A restart puts everything back to normal. */
export type Switches = {
  /** Every request is answered with 503 and nothing is carried out. */
  outage: boolean
  /** How long each request is held before it is carried out; its idempotency key stays busy meanwhile. */
  delayMs: number
  /** Share of POSTs whose outcome is in the ledger and whose connection then dies without an answer. */
  loseAnswers: number
  /** How many requests a second are taken, the others answered with 429; 0 for all. Stripe takes 100, in test mode 25. */
  perSecond: number
  /** How far the gateway's clock is ahead: keys (24 h), sessions and webhooks (3 days) run out the sooner. */
  aheadMs: number
  /** How long what is not decided at once takes: refunds, debits, disputes. 0 for 3 s; with Stripe minutes or days. */
  settleMs: number
  /** No webhook is sent, nor later made up for, as with an endpoint that is disabled. */
  webhooksOff: boolean
  /** How late each webhook is. */
  webhookDelayMs: number
  /** Share of webhooks that never arrive, though the gateway believes it. */
  webhookLost: number
  /** How often each is sent; 0 for once. */
  webhookCopies: number
  /** They overtake each other. */
  webhooksShuffled: boolean
  /** Share of attempts whose signature is wrong. */
  webhookForged: number
  /** The order, by its id, for which a payment is answered with something that is none, and not made; '' for none. */
  nonsenseFor: string
}

/** The switches as they are after a start: all of them off, or 0. */
export const allWell = (): Switches => ({
  ...{ outage: false, delayMs: 0, loseAnswers: 0, perSecond: 0, aheadMs: 0, settleMs: 0 },
  ...{ webhooksOff: false, webhookDelayMs: 0, webhookLost: 0, webhookCopies: 0 },
  ...{ webhooksShuffled: false, webhookForged: 0, nonsenseFor: '' },
})

/** What `POST /_switches` may change. */
export const changes = z
  .strictObject({
    ...{ outage: z.boolean(), delayMs, loseAnswers: share, perSecond: z.number().min(0).max(100_000) },
    aheadMs: z
      .int()
      .min(0)
      .max(365 * DAY_MS),
    settleMs: z.int().min(0).max(DAY_MS),
    ...{ webhooksOff: z.boolean(), webhookDelayMs: delayMs, webhookLost: share },
    ...{ webhookCopies: z.int().min(0).max(10), webhooksShuffled: z.boolean(), webhookForged: share },
    nonsenseFor: z.string().max(64),
  })
  .partial()

/** What time it is at the gateway. */
export const nowAt = ({ aheadMs }: Switches) => Date.now() + aheadMs

/** How long it takes until what is not decided at once is. */
export const settlingMs = ({ settleMs }: Switches) => settleMs || 3_000
