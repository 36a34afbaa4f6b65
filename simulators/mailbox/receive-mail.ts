import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { Logger } from '../../shared/logger.ts'
import { type Envelope, type Mail, readMail } from './mail.ts'
import type { Mailbox } from './mailbox.ts'
import type { Switches } from './switches.ts'

type Deps = { mailbox: Mailbox; switches: Switches; log: Logger }

const MAX_MAIL_BYTES = 1024 * 1024
const LIMITS = {
  name: 'mailbox',
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true, // a DNS question per connection
  size: MAX_MAIL_BYTES,
  maxClients: 500,
  socketTimeout: 60_000,
  closeTimeout: 1_000,
}

/**
 * An SMTP server, not listening yet, that keeps every mail it is sent: on disk before the 250. No TLS, no
 * AUTH. Answers 552 to a mail over 1 MiB, 554 to one that cannot be read, 451 when it cannot be kept.
 */
export function receiveMail(deps: Deps): SMTPServer {
  const { switches, log } = deps
  const server = new SMTPServer({
    ...LIMITS,
    onConnect: (_session, done) => done(switches.down ? AWAY : null),
    onData: (stream, session, done) => {
      receive(stream, session, deps).then((mail) => {
        if (Math.random() < switches.dropAfterAccept) hangUp(server, session.id, mail, log)
        else done(null, `OK: kept as ${mail.id}`)
      }, done)
    },
  })
  server.on('error', (err) => log.warn({ err }, 'smtp.failed')) // a client that went away; others go on
  return server
}

/** Listens and resolves with the port; 0 takes a free one. Rejects when the port is taken. */
export function listenSmtp(server: SMTPServer, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Ends every connection with 421. */
export function endConnections(server: SMTPServer): void {
  for (const connection of [...server.connections]) connection.send(AWAY.responseCode, AWAY.message)
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession, deps: Deps): Promise<Mail> {
  const bytes = await collect(stream)
  if (deps.switches.delayMs > 0) await wait(deps.switches.delayMs)
  const mail = await readMail(bytes, envelopeOf(session)).catch((cause) => {
    throw new SmtpRefusal(554, 'This is not a mail that can be read', cause)
  })
  await deps.mailbox.keep(mail).catch((cause) => {
    deps.log.error({ err: cause }, 'mail.not_kept')
    throw new SmtpRefusal(451, 'The mail could not be kept, try again later', cause)
  })
  const { id, orderNumber: order, to, subject } = mail
  deps.log.info({ order, mailId: id, to, subject }, 'mail.received')
  return mail
}

/** Ends the one connection, so that its sender never hears that the mail was kept. */
function hangUp(server: SMTPServer, connectionId: string, { id, orderNumber: order }: Mail, log: Logger): void {
  log.info({ order, mailId: id }, 'answer.lost')
  for (const connection of server.connections) if (connection.id === connectionId) connection.close()
}

/** The whole stream is read even when it is too large: the answer may only come after its end. */
async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk)
  if (stream.sizeExceeded) throw new SmtpRefusal(552, `The mail is larger than ${MAX_MAIL_BYTES} bytes`)
  return Buffer.concat(chunks)
}

function envelopeOf({ envelope: { mailFrom, rcptTo } }: SMTPServerSession): Envelope {
  const from = mailFrom ? mailFrom.address : ''
  return { id: randomUUID(), at: Date.now(), from, to: rcptTo.map(({ address }) => address) }
}

class SmtpRefusal extends Error {
  override name = 'SmtpRefusal'
  readonly responseCode: number

  constructor(responseCode: number, message: string, cause?: unknown) {
    super(message, { cause })
    this.responseCode = responseCode
  }
}

const AWAY = new SmtpRefusal(421, 'The mailbox is down, try again later')
