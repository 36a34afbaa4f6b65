import { z } from 'zod'
import { delayMs, share } from '../switches.ts'

/** What can be done to the gateway while it runs. A restart puts everything back to normal. */
export type Switches = {
  /** Nothing is taken: half of the requests are answered with 503, the connection of the others is cut. */
  down: boolean
  /** How long each request is held before it is carried out. */
  delayMs: number
  /** Share of requests that are answered with 429 and not carried out. */
  busyShare: number
  /** Share of SMS that are taken, and whose sender never hears so. */
  loseAnswers: number
  /** Share of status callbacks that are never made. */
  loseCallbacks: number
  /** Share of SMS that are taken and become undelivered, with code 30003. */
  undeliverableShare: number
  /** How long each step of an SMS takes, from queued to delivered; 0 for 100 ms. */
  stepMs: number
}

/** The switches as they are after a start: all of them off, or 0. */
export const allWell = (): Switches => ({
  ...{ down: false, delayMs: 0, busyShare: 0, loseAnswers: 0 },
  ...{ loseCallbacks: 0, undeliverableShare: 0, stepMs: 0 },
})

/** What `POST /_switches` may change. */
export const changes = z
  .strictObject({
    ...{ down: z.boolean(), delayMs, busyShare: share, loseAnswers: share },
    ...{ loseCallbacks: share, undeliverableShare: share, stepMs: delayMs },
  })
  .partial()

/** Whether it is this one's turn to be in trouble. */
export const isStruck = (part: number) => Math.random() < part
