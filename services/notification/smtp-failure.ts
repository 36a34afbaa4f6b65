import { z } from 'zod'
import { Outage, Unfixable } from '../../shared/events.ts'

/** A failure as nodemailer tells it: https://nodemailer.com/errors. `permanent` is a 5xx answer but 503. */
const smtpFailure = z.object({
  message: z.string(),
  code: z.string(),
  command: z.string().optional(),
  permanent: z.boolean().optional(),
})

type SmtpFailure = z.infer<typeof smtpFailure>

/**
 * What a failed send means for the mail. Refused for good (5xx to the recipient or to the content, or an
 * address nobody could send to): `Unfixable`. Whatever else lies with the server, the way to it or our account
 * there: `Outage`. What is none of both is given back as it came.
 */
export function failureOf(cause: unknown): unknown {
  const failure = smtpFailure.safeParse(cause).data
  if (failure === undefined || !CODES.has(failure.code)) return cause
  const reason = failure.message.replace(/\s+/g, ' ')
  return isRefused(failure) ? new Unfixable(reason, { cause }) : new Outage(reason, { cause })
}

function isRefused({ code, command, permanent }: SmtpFailure): boolean {
  if (code === 'EENVELOPE' && command === 'API') return true
  const isAboutThisMail = command === 'RCPT TO' || command === 'DATA'
  return isAboutThisMail && permanent === true
}

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
