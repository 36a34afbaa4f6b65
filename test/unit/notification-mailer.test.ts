import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { composeMail, type Mail } from '../../services/notification/compose-mail.ts'
import { createMailer, type Mailer } from '../../services/notification/mailer.ts'
import { createOrderNames } from '../../services/notification/order-names.ts'
import { received } from '../../services/notification/wordings.ts'
import { Busy, Deferral, Outage, Unfixable } from '../../shared/events.ts'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import { OUTBOX_MAX_AGE_MS } from '../../shared/protocol/verdict.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { ORDER_KEY_SECRET } from '../order-key.ts'
import { SEAL_SECRET } from '../sms-rig.ts'

const AT = Date.UTC(2026, 10, 22, 9, 30)
const NAMES = createOrderNames(
  createOrderKeys(ORDER_KEY_SECRET),
  createUnsubscribe(SEAL_SECRET),
  'https://shop.example',
)
const silent = createLogger('test', 'silent')
const never = new AbortController().signal

let server: MailServer
let mailer: Mailer
beforeEach(async () => {
  server = await MailServer.start()
  mailer = createMailer(server.url, silent)
})
afterEach(async () => {
  mailer.close()
  await server.stop()
})

describe('a mail that is accepted', () => {
  it('carries the headers that tell what it is about and that nobody wrote it, and no id', async () => {
    await mailer.send(mailTo('Ada Lovelace'), never)

    const [mail] = await server.mails()
    expect(mail?.from).toEqual({ name: 'Orderline', address: 'orders@orderline.example' })
    expect(mail?.to).toEqual([{ name: 'Ada Lovelace', address: 'ada@example.com' }])
    expect(mail).toMatchObject({
      subject: 'We have received your order OL-1042',
      messageId: NAMES.messageIdOf('o-1', { kind: 'received' }),
      date: '2026-11-22T09:30:00.000Z',
      text: expect.stringContaining('Hello Ada Lovelace,'),
      html: expect.stringContaining('<h1'),
    })
    expect(mail?.headers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'x-order-number', value: 'OL-1042' }),
        expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
      ]),
    )
    for (const { value } of mail?.headers ?? []) expect(value).not.toContain('o-1')
  })

  it('comes with a link that no line break has cut', async () => {
    await mailer.send(mailTo('Ada'), never)

    const [mail] = await server.mails()
    for (const body of [mail?.text, mail?.html]) expect(body).toContain(NAMES.linkTo('o-1'))
  })

  it.each([
    'Ada\r\nBcc: all@example.com',
    'Ada\r\n\r\n<b>a body of my own</b>',
    'Lovelace, Ada',
    '"Ada" <eve@example.com>, Eve <eve@example.com>',
    'Ada (comment) \\ "quoted"',
    '<script>alert(1)</script>',
    'Zoë 李 الله 👩‍💻',
    'a long name '.repeat(20).trim(),
  ])('goes to the one customer, whatever the name is: %j', async (name) => {
    await mailer.send(mailTo(name), never)

    const [envelope] = server.envelopes
    expect(envelope).toEqual(['ada@example.com'])
    const [mail] = await server.mails()
    expect(mail?.to).toHaveLength(1)
    expect(mail?.to?.[0]?.address).toBe('ada@example.com')
    expect(mail?.to?.[0]?.name?.replace(/\s+/g, ' ')).toBe(name.replace(/\s+/g, ' '))
    expect(mail).toMatchObject({ subject: 'We have received your order OL-1042' })
    expect(mail?.cc ?? mail?.bcc).toBeUndefined()
    expect(mail?.html).not.toContain('<script')
  })

  it('goes to the one customer even if the name is an encoded address', async () => {
    await mailer.send(mailTo('=?utf-8?Q?=0D=0ABcc:_eve=40example.com?= =?utf-8?Q?=3Ceve=40example.com=3E=2C?='), never)

    expect(server.envelopes).toEqual([['ada@example.com']])
    const [mail] = await server.mails()
    expect(mail?.to).toEqual([{ name: expect.any(String), address: 'ada@example.com' }])
    expect(mail?.bcc).toBeUndefined()
  })

  it('comes over a connection that is used again', async () => {
    await mailer.send(mailTo('Ada'), never)
    await mailer.send(mailTo('Ada'), never)

    expect(server.connections).toBe(1)
    expect(await server.mails()).toHaveLength(2)
  })
})

describe('a connection', () => {
  it('that the server has closed while it was idle is replaced without a failure', async () => {
    await send()
    server.hangUp()
    await send()

    expect(server.connections).toBe(2)
    expect(await server.mails()).toHaveLength(2)
  })
})

describe('an outage', () => {
  it('is a server that is not there', async () => {
    await server.stop()
    await expect(send()).rejects.toThrow(Outage)
    await expect(send()).rejects.toThrow('ECONNREFUSED')
  })

  it.each([
    ['while greeting', { onConnect: (_s, done) => done(answer(421)) }],
    ['to our address', { onMailFrom: (_a, _s, done) => done(answer(451)) }],
    ['that ends the connection', { onRcptTo: (_a, _s, done) => done(answer(421)) }],
    ['about the system', { onRcptTo: (_a, _s, done) => done(answer(451, '4.3.0 queue file write error')) }],
    [
      'about its network',
      { onData: (stream, _s, done) => void stream.resume().on('end', () => done(answer(451, '4.4.3 no DNS'))) },
    ],
  ] satisfies [string, SMTPServerOptions][])('is a 4xx answer %s', async (_where, trouble) => {
    server.behave(trouble)
    await expect(send()).rejects.toThrow(Outage)
  })

  it('is a 5xx answer that is about us and not about this mail', async () => {
    server.behave({ onMailFrom: (_a, _s, done) => done(answer(550)) })
    await expect(send()).rejects.toThrow(Outage)
    server.behave({ onConnect: (_s, done) => done(answer(554)) })
    await expect(send()).rejects.toThrow(Outage)
  })

  it('is an account that the server does not know', async () => {
    const stranger = createMailer(server.url.replace('smtp://', 'smtp://us:wrong@'), silent)
    await expect(stranger.send(mailTo('Ada'), never)).rejects.toThrow(Outage)
    stranger.close()
  })

  it('is a connection that ends before the answer', async () => {
    server.behave({ onData: (stream) => void stream.resume().on('end', () => server.hangUp()) })
    await expect(send()).rejects.toThrow(Outage)
  })

  it('is a server that never greets, and nobody waits for it longer than three seconds', async () => {
    const waiting = createMailer(await listenMute(), silent)
    const since = Date.now()
    await expect(waiting.send(mailTo('Ada'), never)).rejects.toThrow('Greeting never received')
    expect(Date.now() - since).toBeLessThan(4_500)
    waiting.close()
  })

  it('is an answer that is still out when the time is up, and the next mail goes through', async () => {
    const patience = new AbortController()
    const since = Date.now()
    server.behave({ onData: (stream) => void stream.resume().on('end', () => patience.abort()) })
    await expect(mailer.send(mailTo('Ada'), patience.signal)).rejects.toThrow(Outage)
    expect(Date.now() - since).toBeLessThan(2_000)

    server.behave({})
    await mailer.send(mailTo('Ada'), never)
    expect(await server.mails()).toHaveLength(1)
  })

  it('is told once when it begins and once when it is over', async () => {
    const told: string[] = []
    const watched = createMailer(server.url, listening(told))
    const down: SMTPServerOptions = { onConnect: (_s, done) => done(answer(421)) }
    for (const behaviour of [{}, down, down, {}, {}]) {
      server.behave(behaviour)
      server.hangUp()
      await watched.send(mailTo('Ada'), never).catch(() => {})
    }
    watched.close()
    expect(told).toEqual(['smtp.away', 'smtp.back'])
  })
})

describe('a mail that is put off', () => {
  it.each([
    ['its mailbox is full', { onRcptTo: (_a, _s, done) => done(answer(452, '4.2.2 mailbox full')) }],
    ['its mailbox is in use', { onRcptTo: (_a, _s, done) => done(answer(450, 'try again')) }],
    ['it is greylisted', { onRcptTo: (_a, _s, done) => done(answer(451, '4.7.1 greylisted')) }],
    [
      'it is greylisted after DATA',
      { onData: (stream, _s, done) => void stream.resume().on('end', () => done(answer(451, '4.7.1 greylisted'))) },
    ],
  ] satisfies [string, SMTPServerOptions][])('is one that the server does not take now: %s', async (_why, trouble) => {
    server.behave(trouble)
    await expect(send()).rejects.toThrow(Deferral)
  })

  it('says why in the server’s words, and is given up after five days, before its sender does', async () => {
    server.behave({ onRcptTo: (_a, _s, done) => done(answer(452, '4.2.2 mailbox full')) })
    const put = await send().catch((error) => error)

    expect(put).toMatchObject({ message: expect.stringContaining('452 4.2.2 mailbox full') })
    expect(put.patience).toMatchObject({ maxMs: 30 * 60_000, giveUpMs: 5 * 24 * 3_600_000 })
    expect(put.patience.giveUpMs).toBeLessThan(OUTBOX_MAX_AGE_MS)
  })

  it('is no outage: the others go on, and nobody says that the server is away', async () => {
    const told: string[] = []
    const watched = createMailer(server.url, listening(told))
    const isFull = (email: string) => email === 'full@example.com'
    server.behave({ onRcptTo: ({ address }, _s, done) => done(isFull(address) ? answer(452) : null) })
    const full = { ...mailTo('Ada'), to: { name: 'Ada', email: 'full@example.com' } }
    for (const mail of [full, mailTo('Ada'), full, mailTo('Ada')]) await watched.send(mail, never).catch(() => {})
    watched.close()

    expect(told).toEqual([])
    expect(await server.mails()).toHaveLength(2)
  })

  it('tells that a server is back that was away', async () => {
    const told: string[] = []
    const watched = createMailer(server.url, listening(told))
    for (const trouble of [
      { onConnect: (_s, done) => done(answer(421)) },
      { onRcptTo: (_a, _s, done) => done(answer(452)) },
    ] satisfies SMTPServerOptions[]) {
      server.behave(trouble)
      await watched.send(mailTo('Ada'), never).catch(() => {})
    }
    watched.close()

    expect(told).toEqual(['smtp.away', 'smtp.back'])
  })
})

describe('a server to which we send too much', () => {
  it.each([
    [454, 'Throttling failure: Maximum sending rate exceeded.', 10_000],
    [421, '4.7.0 Too many concurrent SMTP connections, try again in 30 seconds', 30_000],
    [450, '4.7.1 rate limit exceeded, please wait 2 minutes', 120_000],
    [451, '4.7.500 Server busy. Please try again later', 10_000],
  ])('asks to be left alone for a while: %d %s', async (code, says, ms) => {
    server.behave({ onMailFrom: (_a, _s, done) => done(answer(code, says)) })

    const failure = await send().catch((error) => error)
    expect(failure).toBeInstanceOf(Busy)
    expect(failure.ms).toBe(ms)
  })

  it('is another thing than one mailbox to which all of us send too much', async () => {
    const says = '4.2.1 The user you are trying to contact is receiving mail at a rate that is too fast'
    server.behave({ onRcptTo: (_a, _s, done) => done(answer(450, says)) })

    await expect(send()).rejects.toThrow(Deferral)
  })
})

describe('a mail that can never be sent', () => {
  it('is one whose recipient the server does not know, and the reason says so', async () => {
    server.behave({ onRcptTo: (_a, _s, done) => done(answer(550, 'no such user here')) })
    await expect(send()).rejects.toThrow(Unfixable)
    await expect(send()).rejects.toThrow('550 no such user here')
  })

  it('is one whose content the server refuses', async () => {
    server.behave({
      onData: (stream, _s, done) => void stream.resume().on('end', () => done(answer(554, 'looks like spam'))),
    })
    await expect(send()).rejects.toThrow(Unfixable)
    await expect(send()).rejects.toThrow('554 looks like spam')
  })

  it.each(['', 'ada', 'ada@example.com>\r\nRCPT TO:<eve@example.com', 'a@x.example, b@y.example'])(
    'is one to the address %j',
    async (email) => {
      const mail = mailTo('Ada')
      await expect(mailer.send({ ...mail, to: { ...mail.to, email } }, never)).rejects.toThrow(Unfixable)
      expect(server.envelopes.flat()).not.toContain('eve@example.com')
    },
  )

  it('does not keep the next from being sent', async () => {
    server.behave({ onRcptTo: (_a, _s, done) => done(answer(550)) })
    await expect(send()).rejects.toThrow(Unfixable)
    server.behave({})
    await send()
    expect(await server.mails()).toHaveLength(1)
  })
})

const send = () => mailer.send(mailTo('Ada'), never)

/** The name goes in as it is: nodemailer must cope with what `contactIn` would have cleaned. */
function mailTo(name: string): Mail {
  const lines = [{ sku: 'MUG-001', name: 'Mug', quantity: 1, unitPriceCents: 1_800 }]
  const contact = { orderId: 'o-1', number: 'OL-1042', name, email: 'ada@example.com', lines }
  const full = { ...contact, totalCents: 1_800, currency: 'EUR', language: 'en', account: null, sale: null } as const
  const data = { paymentMethod: 'pm_card_visa', payBy: null }
  return composeMail(received(full, { data }), full, AT, NAMES)
}

function answer(responseCode: number, text = 'not now'): Error {
  return Object.assign(new Error(text), { responseCode })
}

function listening(told: string[]): Logger {
  const log = createLogger('test', 'silent')
  const tell = (...said: unknown[]) => void told.push(String(said.at(-1)))
  return Object.assign(log, { warn: tell, info: tell })
}

/** A server that takes connections and says nothing. */
async function listenMute(): Promise<string> {
  const mute = createServer(() => {})
  mute.unref()
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  return `smtp://127.0.0.1:${portOf(mute)}`
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** A real mail server that takes everything, unless it is told to behave otherwise. */
class MailServer {
  connections = 0
  readonly envelopes: string[][] = []
  readonly #raws: Buffer[] = []
  readonly #smtp: SMTPServer
  #trouble: SMTPServerOptions = {}
  url = ''

  static async start(): Promise<MailServer> {
    const server = new MailServer()
    await new Promise<void>((resolve) => server.#smtp.listen(0, '127.0.0.1', resolve))
    server.url = `smtp://127.0.0.1:${portOf(server.#smtp.server)}`
    return server
  }

  constructor() {
    this.#smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      hideENHANCEDSTATUSCODES: true, // a test names its own
      authOptional: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (session, done) => {
        this.connections++
        this.#trouble.onConnect ? this.#trouble.onConnect(session, done) : done()
      },
      onMailFrom: (address, session, done) =>
        this.#trouble.onMailFrom ? this.#trouble.onMailFrom(address, session, done) : done(),
      onRcptTo: (address, session, done) =>
        this.#trouble.onRcptTo ? this.#trouble.onRcptTo(address, session, done) : done(),
      onData: (stream, session, done) => {
        if (this.#trouble.onData) return this.#trouble.onData(stream, session, done)
        this.envelopes.push(session.envelope.rcptTo.map(({ address }) => address))
        const chunks: Buffer[] = []
        stream.on('data', (chunk) => chunks.push(chunk))
        stream.on('end', () => {
          this.#raws.push(Buffer.concat(chunks))
          done()
        })
      },
    })
    this.#smtp.on('error', () => {})
  }

  behave(trouble: SMTPServerOptions): void {
    this.#trouble = trouble
  }

  hangUp(): void {
    for (const connection of this.#smtp.connections) connection.close()
  }

  mails() {
    return Promise.all(this.#raws.map((raw) => PostalMime.parse(raw)))
  }

  async stop(): Promise<void> {
    if (!this.#smtp.server.listening) return
    await new Promise<void>((resolve) => this.#smtp.close(resolve))
  }
}
