import { z } from 'zod'
import { Busy, Deferral, Outage, Unfixable } from '../../shared/events.ts'

/** A failure as nodemailer tells it: https://nodemailer.com/errors. `permanent` is a 5xx answer but 503. */
const smtpFailure = z.object({
  message: z.string(),
  code: z.string(),
  command: z.string().optional(),
  permanent: z.boolean().optional(),
  response: z.string().optional(),
})

type SmtpFailure = z.infer<typeof smtpFailure>

/** The recipient is refused for good: this mail can never be sent, nor any other to that address. */
export class Bounced extends Unfixable {
  override name = 'Bounced'
}

/**
 * What a failed send means for the mail. Its recipient refused for good (5xx, or an address nobody could send to): `Bounced`;
 * its content: `Unfixable`. Not taken now, though others are (4xx to the recipient or to the
 * content: a mailbox that is full, greylisting): `Deferral`. Taken later, for we send too much: `Busy`. Whatever else lies with the server, the way to it or our
 * account there: `Outage`. What is none of these is given back as it came.
 */
export function failureOf(cause: unknown): unknown {
  const failure = smtpFailure.safeParse(cause).data
  if (failure === undefined || !CODES.has(failure.code)) return cause
  const reason = failure.message.replace(/\s+/g, ' ')
  if (isRecipientRefused(failure)) return new Bounced(reason, { cause })
  if (failure.command === 'DATA' && failure.permanent === true) return new Unfixable(reason, { cause })
  const busyMs = busyMsOf(failure)
  if (busyMs !== null) return new Busy(reason, busyMs, { cause })
  return isDeferred(failure) ? new Deferral(reason, PATIENCE, { cause }) : new Outage(reason, { cause })
}

const MINUTE_MS = 60_000
// A sender gives up after 4 to 5 days, and asks again after half an hour at most: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1
const PATIENCE = { firstMs: 5_000, maxMs: 30 * MINUTE_MS, giveUpMs: 5 * 24 * 60 * MINUTE_MS }

function isRecipientRefused({ code, command, permanent }: SmtpFailure): boolean {
  return (code === 'EENVELOPE' && command === 'API') || (command === 'RCPT TO' && permanent === true)
}

// Words of Amazon SES, Exchange, Gmail, Postfix and Yahoo; no standard has a code for it
const TOO_MUCH =
  /throttl|too fast|too many (\w+ ){0,3}(connections|sessions|messages|e?-?mails)|slow down|(sending|message|submission|connection) rate|rate[- ](limit|exceeded)|server busy/i
const PAUSE = /(?:again|wait|retry)\D{0,20}(\d{1,4}) ?(s|m)/i
const PAUSE_MS = 10_000 // where it does not say for how long

/** How long it wants to be left alone, where it says that we send too much; null where it does not, or means one mailbox. */
function busyMsOf({ response = '' }: SmtpFailure): number | null {
  const reply = REPLY.exec(response)
  if (reply === null || ABOUT_RECIPIENT.includes(reply[1] ?? '') || !TOO_MUCH.test(response)) return null
  const [, count, unit] = PAUSE.exec(response) ?? []
  return count === undefined ? PAUSE_MS : Number(count) * (unit?.toLowerCase() === 'm' ? MINUTE_MS : 1_000)
}

const REPLY = /^4\d\d[ -](?:4\.(\d+)\.)?/ // with the subject of its enhanced code: https://www.rfc-editor.org/rfc/rfc3463#section-3
const ABOUT_RECIPIENT = ['1', '2'] // the address, the mailbox
const ABOUT_SERVER = ['3', '4'] // its system, its network

/** 421 ends the connection, so it is about the server whatever it answers. */
function isDeferred({ command, response = '' }: SmtpFailure): boolean {
  const reply = REPLY.exec(response)
  return isAboutMail(command) && reply !== null && !response.startsWith('421') && !ABOUT_SERVER.includes(reply[1] ?? '')
}

const isAboutMail = (command?: string) => command === 'RCPT TO' || command === 'DATA'

const CODES = new Set([
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EDNS',
  'ETLS',
  'EPROTOCOL',
  'EENVELOPE',
  'EMESSAGE',
  'EABORT',
  'EAUTH',
  'ENOAUTH',
  'EPROXY',
])
