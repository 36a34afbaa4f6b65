import { createTransport } from 'nodemailer'
import { Busy, Deferral, Outage } from '../../shared/events.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Mail } from './compose-mail.ts'
import { failureOf } from './smtp-failure.ts'

/** The port to the mail server. */
export type Mailer = {
  /**
   * Resolves when the server has taken the mail. Throws `Bounced` when it refused the recipient for good, `Unfixable` when
   * the mail, `Deferral` when it may take this one later, `Busy` when it takes none for a while since we send too
   * much, and `Outage` when it takes none for now.
   */
  send(mail: Mail, signal: AbortSignal): Promise<void>
  close(): void
}

const FROM = { name: 'Orderline', address: 'orders@orderline.example' }

/** Each wait ends before the consumer's own limit, so that the reason told is the server's. */
const LIMITS = {
  connectionTimeout: 5_000, // all of it: name, connection, greeting, TLS
  greetingTimeout: 3_000,
  socketTimeout: 8_000,
  maxConnections: 20, // Postfix takes 50 from one client unless told otherwise; leaves room for a second worker
  maxMessages: 1_000, // on one connection; providers end those that never end
  maxRequeues: 1, // where the server had closed an idle connection; all else is tried again by the consumer
}

/** Keeps a pool of connections to the server at `smtpUrl` (credentials and options may be in it). */
export function createMailer(smtpUrl: string, log: Logger): Mailer {
  const transport = createTransport({ ...LIMITS, pool: true, url: smtpUrl })
  const tell = watch(log)
  return {
    async send(mail, signal) {
      try {
        await transport.sendMail({ ...envelopeOf(mail), signal })
        tell(null)
      } catch (cause) {
        const failure = failureOf(cause)
        tell(failure)
        throw failure
      }
    },
    close: () => transport.close(),
  }
}

/** The name and the address stay apart, so nodemailer quotes and encodes the one and checks the other. */
function envelopeOf({ messageId, number, at, to, subject, text, html, unsubscribe }: Mail) {
  return {
    messageId,
    date: new Date(at),
    from: FROM,
    to: { name: to.name, address: to.email },
    subject,
    text,
    html,
    headers: {
      ...(number !== null && { 'X-Order-Number': number }),
      ...(unsubscribe !== null && {
        'List-Unsubscribe': `<${unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', // https://www.rfc-editor.org/rfc/rfc8058#section-3.1
      }),
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Logs once when the server goes and once when it is back. */
function watch(log: Logger): (failure: unknown) => void {
  let isAway = false
  return (failure) => {
    const isGone = failure instanceof Outage && !(failure instanceof Busy)
    if (isGone && !isAway) log.warn({ reason: failure.message }, 'smtp.away')
    const isThere = failure === null || failure instanceof Deferral || failure instanceof Busy
    if (isThere && isAway) log.info('smtp.back')
    isAway = !isThere && (isAway || isGone)
  }
}
