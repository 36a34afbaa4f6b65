import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import pino from 'pino'
import type { Mail } from '../../services/notification/compose-mail.ts'
import { contactsOf } from '../../services/notification/contacts.ts'
import { type Client, openNotification } from '../../services/notification/db.ts'
import { createDeletedMailboxes } from '../../services/notification/deleted-mailboxes.ts'
import type { Mailer } from '../../services/notification/mailer.ts'
import { sentMails } from '../../services/notification/mails.ts'
import { createOrderNames } from '../../services/notification/order-names.ts'
import { sendMails } from '../../services/notification/send-mail.ts'
import { Deferral, type EventData, type Message, Outage, Unfixable } from '../../shared/events.ts'
import type { Outside, Prepared } from '../../shared/handler.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { WayOut } from '../../shared/protocol/outside.ts'
import type { EventName } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { ORDER_KEY_SECRET } from '../order-key.ts'
import { SEAL_SECRET } from '../sms-rig.ts'

const NAMES = createOrderNames(
  createOrderKeys(ORDER_KEY_SECRET),
  createUnsubscribe(SEAL_SECRET),
  'https://shop.example',
)
const DELETED = createDeletedMailboxes(SEAL_SECRET)
const outside = new WayOut(pino({ level: 'silent' })).call
const NUMBER = 'OL-1042'
const MONEY = { totalCents: 1_800, currency: 'EUR' }

let folder: string
let db: Database<Client>
let server: FakeServer
let handlers: ReturnType<typeof sendMails>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-notification-'))
  db = await openNotification(folder)
  server = new FakeServer()
  handlers = newWorker()
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('an event of an order', () => {
  it('is mailed to the customer that order.placed has named, and the mail is written down', async () => {
    await hear(handlers['order.placed'], placed('o-1'))
    await hear(handlers['payment.captured'], captured('o-1'))

    expect(server.sent.map(({ kind, to }) => [kind, to.email])).toEqual([
      ['received', 'ada@example.com'],
      ['paid', 'ada@example.com'],
    ])
    const messageId = NAMES.messageIdOf('o-1', { kind: 'paid' })
    expect((await sentMails(db.read, [messageId]))[0]).toEqual({
      messageId,
      orderId: 'o-1',
      kind: 'paid',
      recipient: 'ada@example.com',
      sentAt: expect.any(Number),
    })
  })

  it('has one mail of its own, whichever of the seven it is', async () => {
    await hear(handlers['order.placed'], placed('o-1'))
    await hear(handlers['stock.rejected'], message('stock.rejected', 'o-1', { number: NUMBER, missing: [] }))
    await hear(handlers['payment.captured'], captured('o-1'))
    const declined = { number: NUMBER, ...MONEY, reason: 'expired_card' as const }
    await hear(handlers['payment.declined'], message('payment.declined', 'o-1', declined))
    await hear(handlers['order.expired'], message('order.expired', 'o-1', { number: NUMBER }))
    await hear(handlers['order.cancelled'], message('order.cancelled', 'o-1', { number: NUMBER }))
    const refunded = { number: NUMBER, ...MONEY, refundId: 're_1' }
    await hear(handlers['payment.refunded'], message('payment.refunded', 'o-1', refunded))

    const kinds = server.sent.map(({ kind }) => kind)
    expect(kinds).toEqual(['received', 'rejected', 'paid', 'declined', 'expired', 'cancelled', 'refunded'])
    expect(await db.read.mail.count()).toBe(7)
  })

  it('has a mail of its own for each refund, and for each card that is declined', async () => {
    await hear(handlers['order.placed'], placed('o-1'))
    for (const tender of [1, 2, 2]) {
      const declined = { number: NUMBER, ...MONEY, reason: 'expired_card' as const, tender, payBy: Date.now() + 1_000 }
      await hear(handlers['payment.declined'], message('payment.declined', 'o-1', declined))
    }
    for (const refundId of ['re_1', 're_2', 're_2']) {
      const refunded = { number: NUMBER, ...MONEY, totalCents: 100, refundId, leftCents: 1_600 }
      await hear(handlers['payment.refunded'], message('payment.refunded', 'o-1', refunded))
    }

    const ids = server.sent.map(({ messageId }) => messageId.replace(/<[\w-]+\.|@.*$/g, ''))
    expect(ids).toEqual(['received', 'declined', 'declined.2', 'refunded.re_1', 'refunded.re_2'])
    expect(await db.read.mail.count()).toBe(5)
  })

  it('that nobody was told of is not mailed about, nor waited for', async () => {
    const data = { number: NUMBER, wasPaid: false, sale: 's', because: 'groupHadFailed' as const }
    await hear(handlers['order.cancelled'], message('order.cancelled', 'o-1', data))

    expect([server.sent.length, await db.read.mail.count(), await db.read.unsent.count()]).toEqual([0, 0, 0])
  })

  it('that comes before order.placed waits for it, longer and longer', async () => {
    await expect(prepare(handlers['payment.captured'], captured('o-1'))).rejects.toThrow(Deferral)

    await hear(handlers['order.placed'], placed('o-1'))
    await hear(handlers['payment.captured'], captured('o-1'))

    expect(server.sent.map(({ kind }) => kind)).toEqual(['received', 'paid'])
  })

  it('is mailed although the mail of order.placed could not be sent', async () => {
    server.trouble = new Unfixable('no such user')
    await expect(prepare(handlers['order.placed'], placed('o-1'))).rejects.toThrow(Unfixable)

    server.trouble = null
    await hear(newWorker()['payment.captured'], captured('o-1'))

    expect(server.sent.map(({ kind }) => kind)).toEqual(['paid'])
  })
})

describe('a contact', () => {
  it('is on disk before the mail is tried, with the lines and the total', async () => {
    server.trouble = new Outage('server away')
    await expect(prepare(handlers['order.placed'], placed('o-1'))).rejects.toThrow(Outage)

    const { lines } = placed('o-1').data
    const told = { orderId: 'o-1', number: NUMBER, name: 'Ada', email: 'ada@example.com', lines, ...MONEY }
    const contact = { ...told, language: 'en', account: null, sale: null }
    expect(await contactsOf(db.read, ['o-2', 'o-1'])).toEqual([null, contact])
  })

  it('is kept for each of many orders that come at once', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `o-${i}`)
    await hear(handlers['order.placed'], ...ids.map(placed))

    expect(await db.read.contact.count()).toBe(200)
    expect(await db.read.mail.count()).toBe(200)
    expect(new Set(server.sent.map(({ about }) => about))).toEqual(new Set(ids))
  })

  it('tries its mail again after an outage', async () => {
    server.trouble = new Outage('server away')
    await expect(prepare(handlers['order.placed'], placed('o-1'))).rejects.toThrow(Outage)
    server.trouble = null
    await hear(handlers['order.placed'], placed('o-1'))

    expect(server.sent).toHaveLength(1)
  })
})

describe('a mail is not sent a second time', () => {
  it('when the server took it but the commit failed', async () => {
    const prepared = await prepare(handlers['order.placed'], placed('o-1'))
    const failing = db.write(async (tx) => {
      await apply(handlers['order.placed'], tx, prepared)
      throw new Error('disk full')
    })
    await expect(failing).rejects.toThrow('disk full')

    await hear(handlers['order.placed'], placed('o-1'))

    expect(server.sent).toHaveLength(1)
    expect(await db.read.mail.count()).toBe(1)
  })

  it('when its message comes under another id, and to another worker', async () => {
    await hear(handlers['order.placed'], placed('o-1'))
    await hear(newWorker()['order.placed'], { ...placed('o-1'), id: 'replayed' })

    expect(server.sent).toHaveLength(1)
  })

  it('but a worker that was killed in between sends it under the same Message-ID', async () => {
    await prepare(handlers['order.placed'], placed('o-1'))
    await hear(newWorker()['order.placed'], placed('o-1'))

    const [first, second] = server.sent
    expect(server.sent).toHaveLength(2)
    expect(second).toEqual(first)
  })
})

type AnyHandler<E extends EventName> = {
  prepare?(message: Message<E>, outside: Outside): Promise<unknown>
  apply(tx: Client, batch: Prepared<E, unknown>[], emit: () => void): Promise<void>
}

/** What the processor does about messages when nothing fails. */
async function hear<E extends EventName>(handler: AnyHandler<E>, ...messages: Message<E>[]): Promise<void> {
  const batch = await Promise.all(messages.map((message) => prepare(handler, message)))
  await db.write((tx) => apply(handler, tx, ...batch))
}

async function prepare<E extends EventName>(handler: AnyHandler<E>, message: Message<E>) {
  return { message, found: await handler.prepare?.(message, outside) }
}

function apply<E extends EventName>(handler: AnyHandler<E>, tx: Client, ...batch: Prepared<E, unknown>[]) {
  return handler.apply(tx, batch, () => {})
}

/** Another process on the same file: it shares the tables, but not the memory. */
function newWorker(): ReturnType<typeof sendMails> {
  const publish: Publish<Client> = (work) => db.write((tx) => work(tx, () => {}))
  return sendMails({ read: db.read, publish, mailer: server, names: NAMES, deleted: DELETED })
}

class FakeServer implements Mailer {
  readonly sent: Mail[] = []
  trouble: Error | null = null

  async send(mail: Mail): Promise<void> {
    if (this.trouble !== null) throw this.trouble
    this.sent.push(mail)
  }

  close(): void {}
}

function placed(orderId: string): Message<'order.placed'> {
  return message('order.placed', orderId, {
    number: NUMBER,
    ...MONEY,
    paymentMethod: 'pm_card_visa',
    payBy: null,
    customer: { name: 'Ada', email: 'ada@example.com' },
    lines: [{ sku: 'MUG-001', name: 'Stoneware mug', quantity: 1, unitPriceCents: 1_800 }],
  })
}

function captured(orderId: string): Message<'payment.captured'> {
  return message('payment.captured', orderId, { number: NUMBER, ...MONEY, chargeId: 'ch_1' })
}

function message<E extends EventName>(name: E, orderId: string, data: EventData<E>) {
  return { id: `m-${orderId}-${name}`, name, subject: orderId, at: 1_000, stamp: 1_000, attempt: 1, data }
}
