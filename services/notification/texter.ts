import { z } from 'zod'
import type { Config } from '../../shared/config.ts'
import { Busy, Outage } from '../../shared/events.ts'
import type { Logger } from '../../shared/logger.ts'
import { failedCall, refusedBy, type TextRefusal } from './texter-failure.ts'

/** How the gateway says that an SMS stands: its id, status, and why it failed. */
export type Tidings = { sid: string; status: string; code: number | null }

export type Text = { to: string; body: string; callback: string }

/**
 * The port to the SMS gateway, in the shape of Twilio's API. Everything throws `Busy` when we ask too much, `Deferral` when it
 * cannot take this one now, and `Outage` when it takes none for now, or does not let us in.
 */
export type Texter = {
  /** Resolves when the gateway has taken the SMS, or has said that it never will. It knows no idempotency key: never do it twice. */
  send(text: Text, signal: AbortSignal): Promise<{ sid: string } | TextRefusal>
  /** What it has taken with these words for this phone since then (ms), newest first. */
  find(text: Pick<Text, 'to' | 'body'>, since: number, signal: AbortSignal): Promise<Tidings[]>
  /** How one stands. */
  look(sid: string, signal: AbortSignal): Promise<Tidings>
}

const TWILIO = 'https://api.twilio.com'
const LIMIT_MS = 8_000 // ends before the consumer's own limit, so that the reason told is the gateway's
const SKEW_MS = 24 * 60 * 60_000 // their clock is not ours, which may have been hours ahead then
const FOUND_MAX = 100

const message = z.object({
  sid: z.string(),
  status: z.string(),
  error_code: z.number().nullish(),
  body: z.string().nullish(),
  date_created: z.string().nullish(), // RFC 2822
})
const page = z.object({ messages: z.array(message) })

/** Connects to the gateway that the environment names; null where it names none, and nobody has an SMS. */
export function connectTexter(config: Config, log: Logger): Texter | null {
  const { SMS_ACCOUNT: account, SMS_TOKEN: token, SMS_FROM: from, SMS_API_BASE: base = TWILIO } = config
  if (account === undefined || token === undefined || from === undefined) {
    log.warn({ reason: 'SMS_ACCOUNT, SMS_TOKEN and SMS_FROM are not all set: a mail goes out instead' }, 'sms.off')
    return null
  }
  const url = `${base.replace(/\/+$/, '')}/2010-04-01/Accounts/${account}/Messages`
  const call = createCall(`Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`, log)
  return {
    async send({ to, body, callback }, signal) {
      const form = new URLSearchParams({ To: to, From: from, Body: body, StatusCallback: callback })
      const answer = await call(`${url}.json`, signal, form)
      return 'refusal' in answer ? answer : { sid: message.parse(answer.json).sid }
    },
    async find({ to, body }, since, signal) {
      const query = new URLSearchParams({ To: to, From: from, PageSize: String(FOUND_MAX) })
      const { messages } = page.parse(await shown(call(`${url}.json?${query}`, signal)))
      const isIt = (one: z.infer<typeof message>) =>
        one.body === body && Date.parse(one.date_created ?? '') >= since - SKEW_MS
      return messages.filter(isIt).map(tidingsIn)
    },
    async look(sid, signal) {
      return tidingsIn(message.parse(await shown(call(`${url}/${sid}.json`, signal))))
    },
  }
}

type Answer = { json: unknown } | TextRefusal

/** What only reads is never refused for good. */
async function shown(answering: Promise<Answer>): Promise<unknown> {
  const answer = await answering
  if ('refusal' in answer) throw new Outage(`the SMS gateway does not show what it has: ${answer.refusal.reason}`)
  return answer.json
}

const tidingsIn = ({ sid, status, error_code: code = null }: z.infer<typeof message>): Tidings => ({
  sid,
  status,
  code,
})

function createCall(authorization: string, log: Logger) {
  const tell = watch(log)
  return async (url: string, signal: AbortSignal, form?: URLSearchParams): Promise<Answer> => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)])
    const post = form === undefined ? {} : { method: 'POST', body: form }
    try {
      const response = await fetch(url, { headers: { authorization }, signal: limit, redirect: 'error', ...post })
      const json: unknown = await response.json().catch(() => null)
      const answer = response.ok ? { json } : refusedBy(response, json)
      tell(null)
      return answer
    } catch (error) {
      const failure = failedCall(error)
      tell(failure)
      throw failure
    }
  }
}

/** Logs once when the gateway goes and once when it is back. */
function watch(log: Logger): (failure: unknown) => void {
  let isAway = false
  return (failure) => {
    const isGone = failure instanceof Outage && !(failure instanceof Busy)
    if (isGone && !isAway) log.warn({ reason: failure.message }, 'sms.away')
    if (failure === null && isAway) log.info('sms.back')
    isAway = isGone || (isAway && failure !== null)
  }
}
