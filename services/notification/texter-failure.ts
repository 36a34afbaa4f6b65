import { z } from 'zod'
import { Busy, Deferral, Outage } from '../../shared/events.ts'

/** The gateway will never send this SMS: why, by its own code and words. */
export type TextRefusal = { refusal: { code: number | null; reason: string } }

/** What the gateway answers where it does not do what was asked: https://www.twilio.com/docs/usage/twilios-response */
const problem = z.object({ code: z.number(), message: z.string() })

/** The phone does not want SMS from us: https://www.twilio.com/docs/api/errors/21610 */
export const STOPPED = 21_610

// Not about this SMS, but about us: our number is not ours, may not send, or is not one. Somebody has to put it right.
const OURS = [21_212, 21_603, 21_606, 21_609, 21_659, 21_660, 21_703]
const FULL = 21_611 // too many of our SMS wait there
const BUSY_MS = 1_000 // where it does not say for how long
const FULL_MS = 30_000
const PATIENCE = { firstMs: FULL_MS, maxMs: 10 * 60_000, giveUpMs: 24 * 60 * 60_000 }

/**
 * What an answer that is no yes means. Given back: the gateway will never send this SMS. Thrown: `Busy`, `Deferral`, `Outage`.
 * Codes: https://www.twilio.com/docs/api/errors
 */
export function refusedBy(response: Response, json: unknown): TextRefusal {
  const { data } = problem.safeParse(json)
  const { status } = response
  const reason = `${status} ${data === undefined ? response.statusText : `${data.code} ${data.message}`}`.trim()
  if (status === 429) throw new Busy(reason, pauseMs(response))
  if (data?.code === FULL) throw new Deferral(reason, PATIENCE)
  const isOurs = data === undefined || OURS.includes(data.code)
  if (status >= 500 || [401, 403, 404, 408].includes(status) || isOurs) throw new Outage(reason)
  return { refusal: { code: data.code, reason: data.message } }
}

function pauseMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return seconds > 0 ? seconds * 1_000 : BUSY_MS
}

/** What a call that was not answered means: that nobody knows whether it was heard. */
export function failedCall(error: unknown): Error {
  if (error instanceof Outage || error instanceof Deferral) return error
  if (!(error instanceof Error)) return new Outage(String(error))
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return new Outage(`the SMS gateway is away: ${error.message}${cause}`, { cause: error })
}
