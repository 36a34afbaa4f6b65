import type { Logger } from '../../shared/logger.ts'
import type { Outgoing } from './book.ts'
import type { Reply } from './line.ts'
import { statusOf } from './message-object.ts'
import { signatureOf } from './sign.ts'
import { isStruck, type Switches } from './switches.ts'

type Deps = { account: string; token: string; switches: Switches; log: Logger }

const LIMIT_MS = 15_000 // as Twilio waits: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
const ATTEMPTS = 2 // a connection that fails is tried once more, an answer never
const CALLED_BACK = ['sending', 'sent', 'delivered', 'undelivered', 'failed']

/** Tells whoever sent SMS what becomes of them, and what phones answer. Signed by the account's token. */
export class Webhooks {
  readonly #deps: Deps
  readonly #stopping = new AbortController()
  #isAway = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Calls back about a status, where the sender asked for it. */
  tellStatus(sms: Outgoing): void {
    const { account, switches, log } = this.#deps
    const { was, now } = sms
    const status = statusOf(sms)
    if (was.callback === undefined || !CALLED_BACK.includes(status)) return
    if (isStruck(switches.loseCallbacks)) return void log.info({ sid: was.sid, status }, 'callback.lost')
    const form = new URLSearchParams({ MessageSid: was.sid, MessageStatus: status, SmsSid: was.sid, SmsStatus: status })
    if (now?.code !== undefined) form.set('ErrorCode', String(now.code))
    for (const [name, value] of Object.entries({ To: was.to, From: was.from, AccountSid: account, ApiVersion }))
      form.set(name, value)
    void this.#post(was.callback, form)
  }

  /** Tells what a phone has written. */
  tellReply(url: string, { sid, from, to, body }: Reply): void {
    const ids = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: this.#deps.account, ApiVersion }
    const form = { ...ids, From: from, To: to, Body: body, NumMedia: '0', NumSegments: '1', SmsStatus: 'received' }
    void this.#post(url, new URLSearchParams(form))
  }

  stop(): void {
    this.#stopping.abort()
  }

  async #post(url: string, form: URLSearchParams, attempt = 1): Promise<void> {
    const headers = { 'X-Twilio-Signature': signatureOf(url, form, this.#deps.token), 'User-Agent': 'TwilioProxy/1.1' }
    const signal = AbortSignal.any([AbortSignal.timeout(LIMIT_MS), this.#stopping.signal])
    try {
      const response = await fetch(url, { method: 'POST', headers, body: form, redirect: 'manual', signal })
      await response.body?.cancel()
      this.#tellChange(url, response.ok ? undefined : `it answers ${response.status}`)
    } catch (error) {
      if (this.#stopping.signal.aborted) return
      if (attempt < ATTEMPTS) return this.#post(url, form, attempt + 1)
      this.#tellChange(url, String(error))
    }
  }

  /** Once when it begins, once when it is over. */
  #tellChange(url: string, reason: string | undefined): void {
    const { log } = this.#deps
    if (reason !== undefined && !this.#isAway) log.warn({ url, reason }, 'webhook.failed')
    if (reason === undefined && this.#isAway) log.info({ url }, 'webhook.delivered')
    this.#isAway = reason !== undefined
  }
}

const ApiVersion = '2010-04-01'
