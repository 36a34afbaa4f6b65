import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import pino from 'pino'
import { type Client, openNotification } from '../../services/notification/db.ts'
import { createDeletedMailboxes, pruneDeletedMailboxes } from '../../services/notification/deleted-mailboxes.ts'
import { forgetCustomers } from '../../services/notification/forget-customer.ts'
import type { Mailer } from '../../services/notification/mailer.ts'
import { createOrderNames } from '../../services/notification/order-names.ts'
import { keepPreferences } from '../../services/notification/preferences.ts'
import { sendMails } from '../../services/notification/send-mail.ts'
import { Bounced } from '../../services/notification/smtp-failure.ts'
import type { Emitted, EventData, Message } from '../../shared/events.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { WayOut } from '../../shared/protocol/outside.ts'
import type { EventName } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { ORDER_KEY_SECRET } from '../order-key.ts'
import { SEAL_SECRET } from '../sms-rig.ts'

const ACCOUNT = '01a20753-7f79-740f-a857-ba8f5bfbbd1d'
const ADA = { name: 'Ada', email: 'ada@example.com', language: 'en' } as const
const MONEY = { number: 'OL-1042', totalCents: 1_800, currency: 'EUR' }
const PERSONAL = /Ada|ada@example|\+49170/
const DAY_MS = 24 * 3_600_000
const deleted = createDeletedMailboxes(SEAL_SECRET)
const outside = new WayOut(pino({ level: 'silent' })).call

let folder: string
let db: Database<Client>
let emitted: Emitted[]
/** What happens right before a transaction of the handlers begins. */
let beforeWrite: () => Promise<void>
/** What the mail server does. */
let send: Mailer['send']
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-forgets-'))
  db = await openNotification(folder)
  emitted = []
  beforeWrite = async () => {}
  send = async () => {}
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('an account that is deleted while one of its orders is worked on', () => {
  it('is not in the contact that is written after it', async () => {
    beforeWrite = deleteAccount

    await handlers()['order.placed'].prepare?.(placed(), outside)

    expect(await db.read.contact.findMany()).toMatchObject([{ orderId: 'o-1', name: '', email: '' }])
  })

  it('is not in the contact of an order that was placed as a guest, and is heard of later', async () => {
    await deleteAccount()
    const byGuest = placed({ account: undefined, customer: { name: 'Ada', email: 'Ada+shop@example.com' } })
    const byOther = placed({ account: undefined, customer: { name: 'Eve', email: 'eve@example.com' } })
    await introduce({ ...byGuest, subject: 'before' })
    await introduce({ ...byGuest, subject: 'since', at: Date.now() + DAY_MS })
    await introduce({ ...byOther, subject: 'other' })

    expect(await db.read.contact.findMany({ orderBy: { orderId: 'asc' } })).toMatchObject([
      { orderId: 'before', name: '', email: '' },
      { orderId: 'other', email: 'eve@example.com' },
      { orderId: 'since', email: 'Ada+shop@example.com' },
    ])
  })

  it('leaves a digest of its mailbox, for a month', async () => {
    await deleteAccount()
    expect(await db.read.deletedMailbox.findMany()).toEqual([
      { digest: expect.stringMatching(/^[\w-]{43}$/), at: expect.anything() },
    ])

    await db.write((tx) => pruneDeletedMailboxes(tx, Date.now() + 29 * DAY_MS, 10))
    expect(await db.read.deletedMailbox.findMany()).toHaveLength(1)
    await db.write((tx) => pruneDeletedMailboxes(tx, Date.now() + 31 * DAY_MS, 10))
    expect(await db.read.deletedMailbox.findMany()).toEqual([])
  })

  it('is not in the record of a mail that has just gone out', async () => {
    const found = await handlers()['order.placed'].prepare?.(placed(), outside)
    await deleteAccount()
    await db.write((tx) =>
      handlers()['order.placed'].apply(tx, [{ message: placed(), found: found ?? null }], () => {}),
    )

    expect(await db.read.mail.findMany()).toMatchObject([{ orderId: 'o-1', recipient: '' }])
  })

  it('is not in the record of a bounce, nor told of', async () => {
    send = async () => {
      beforeWrite = deleteAccount
      throw new Bounced('550 no ada@example.com here')
    }

    await expect(handlers()['order.placed'].prepare?.(placed(), outside)).rejects.toThrow(Bounced)

    expect(await db.read.bounce.findMany()).toMatchObject([{ subject: 'o-1', recipient: '', reason: '' }])
    expect(emitted).toEqual([])
  })

  it('is asked for no SMS', async () => {
    await prefer()
    await handlers()['order.placed'].prepare?.(placed(), outside)
    beforeWrite = deleteAccount

    await handlers()['payment.captured'].prepare?.(message('payment.captured', { ...MONEY, chargeId: 'c' }), outside)

    expect(emitted).toEqual([])
  })

  it('is nowhere left', async () => {
    await prefer()
    await handlers()['order.placed'].prepare?.(placed(), outside)
    await deleteAccount()

    for (const rows of [await db.read.contact.findMany(), await db.read.preference.findMany()])
      expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toMatch(
        PERSONAL,
      )
  })
})

function handlers() {
  const keys = createOrderKeys(ORDER_KEY_SECRET)
  const names = createOrderNames(keys, createUnsubscribe(SEAL_SECRET), 'https://shop.example')
  const publish: Publish<Client> = async (work) => {
    await beforeWrite()
    return db.write((tx) => work(tx, (event) => void emitted.push(event)))
  }
  const mailer: Mailer = { send: (mail, signal) => send(mail, signal), close: () => {} }
  return sendMails({ read: db.read, publish, mailer, names, deleted })
}

async function deleteAccount(): Promise<void> {
  const gone = { ...message('customer.deleted', { email: ADA.email }), subject: ACCOUNT }
  await db.write((tx) => forgetCustomers(deleted).apply(tx, [{ message: gone, found: undefined }], () => {}))
}

async function prefer(): Promise<void> {
  const data = { ...ADA, revision: 1, phone: '+491701234567', orders: { mail: true, sms: true } }
  const told = { ...message('customer.preferred', data), subject: ACCOUNT }
  await db.write((tx) => keepPreferences.apply(tx, [{ message: told, found: undefined }], () => {}))
}

const introduce = (order: Message<'order.placed'>) => handlers()['order.placed'].prepare?.(order, outside)

function placed(more: Partial<EventData<'order.placed'>> = {}): Message<'order.placed'> {
  return message('order.placed', {
    ...{ ...MONEY, paymentMethod: 'pm_card_visa', payBy: null, account: ACCOUNT },
    customer: { name: ADA.name, email: ADA.email },
    lines: [{ sku: 'MUG-001', name: 'Stoneware mug', quantity: 1, unitPriceCents: 1_800 }],
    ...more,
  })
}

function message<E extends EventName>(name: E, data: EventData<E>) {
  return { id: `m-${name}`, name, subject: 'o-1', at: 1_000, stamp: 1_000, attempt: 1, data }
}
