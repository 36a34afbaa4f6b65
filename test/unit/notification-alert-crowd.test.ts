import { afterEach, describe, expect, it } from '@jest/globals'
import pino from 'pino'
import { createAlertNames } from '../../services/notification/alerts/alert-names.ts'
import { createAlertTokens } from '../../services/notification/alerts/alert-tokens.ts'
import { hearBack } from '../../services/notification/alerts/hear-products.ts'
import { mailAlerts } from '../../services/notification/alerts/mail-alerts.ts'
import { tellNext } from '../../services/notification/alerts/tell-alerts.ts'
import { type Client, openNotification } from '../../services/notification/db.ts'
import { createMailer, type Mailer } from '../../services/notification/mailer.ts'
import type { Emitted, Message } from '../../shared/events.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { WayOut } from '../../shared/protocol/outside.ts'
import type { Running } from '../../shared/service.ts'
import type { Database } from '../../shared/store/database.ts'
import { SKU, useAlerts } from '../alerts-rig.ts'
import { SHOP_URL, seal } from '../notification-rig.ts'
import { ORDER_KEY_SECRET } from '../order-key.ts'
import { SEAL_SECRET } from '../sms-rig.ts'
import { until } from '../until.ts'

const CROWD = 1_000
const alerts = useAlerts()
const { rig } = alerts
const log = pino({ level: 'silent' })
const outside = new WayOut(log).call
const money = { totalCents: 1_800, currency: 'EUR' }
const placed = {
  ...{ number: 'OL-1042', ...money, paymentMethod: 'pm_card_visa', payBy: null },
  customer: { name: 'Ben', email: 'ben@shop.example' },
  lines: [{ sku: 'MUG-001', name: 'Stoneware mug', quantity: 1, unitPriceCents: 1_800 }],
}
const mailers: Mailer[] = []
const others: Running[] = []
const count = (table: string) => rig.rows<{ count: number }>(`SELECT count(*) AS count FROM "${table}"`)[0]?.count ?? 0

afterEach(async () => {
  for (const mailer of mailers.splice(0)) mailer.close()
  for (const other of others.splice(0)) await other.stop()
})

describe(`${CROWD} who wait for the same product`, () => {
  it('have one mail each, though of two workers one goes meanwhile, and no receipt waits for them', async () => {
    alerts.wait(CROWD)
    others.push(await rig.startOne({ NOTIFICATION_PORT: '0' }))
    await alerts.isBack()
    await until(() => count('AlertMail') > 50, { what: 'the first mails' })

    await rig.done(await rig.push('order.placed', 'o-1', placed))
    expect(count('AlertMail')).toBeLessThan(CROWD)
    for (const one of others.splice(0)) await one.stop()
    await until(() => count('AlertMail') === CROWD, { what: 'all mails', timeoutMs: 40_000 })

    const { total } = await rig.mailbox.list('?limit=1')
    expect([total, rig.emitted('alert.due').length]).toEqual([CROWD + 1, CROWD])
    expect(new Set(alerts.states())).toEqual(new Set(['told']))
  })
})

describe('of two workers the one that is killed', () => {
  it('while it tells a page leaves it to the other, and nobody is told twice', async () => {
    const { db, told } = await alone()
    const killed: Publish<Client> = (work, how) =>
      db.write(async (tx) => {
        await work(tx, () => {})
        throw new Error('killed before its commit')
      }, how)
    const other: Publish<Client> = (work, how) => db.write((tx) => work(tx, (event) => void told.push(event)), how)

    await expect(tellNext({ read: db.read, publish: killed })).rejects.toThrow('killed')
    while (await tellNext({ read: db.read, publish: other })) await tellNext({ read: db.read, publish: other })

    expect([told.length, new Set(told.map(({ subject }) => subject)).size]).toEqual([CROWD, CROWD])
    await db.close()
  })

  it('when the server has its mails leaves copies under the same Message-ID, and is written down once', async () => {
    const { db, told } = await alone()
    const publish: Publish<Client> = (work, how) => db.write((tx) => work(tx, (event) => void told.push(event)), how)
    while (await tellNext({ read: db.read, publish }));
    const dues = told.slice(0, 100).map(dueOf)

    for (const due of dues.slice(0, 40)) await newWorker(db)['alert.due'].prepare?.(due, outside)
    const { prepare, apply } = newWorker(db)['alert.due']
    const batch = await Promise.all(
      dues.map(async (message) => ({ message, found: (await prepare?.(message, outside)) ?? null })),
    )
    await db.write((tx) => apply(tx, batch, () => {}))

    const ids = (await rig.mails()).map(({ headers }) => headers['message-id'])
    expect([ids.length, new Set(ids).size, count('AlertMail')]).toEqual([140, 100, 100])
    await db.close()
  })
})

/** The crowd in a file that no service has, and the product is back. */
async function alone(): Promise<{ db: Database<Client>; told: Emitted[] }> {
  alerts.wait(CROWD)
  await rig.stop()
  const db = await openNotification(rig.folder)
  const message = {
    id: 'b',
    name: 'stock.back',
    subject: SKU,
    at: 1,
    stamp: 1,
    attempt: 1,
    data: { available: 7 },
  } as const
  await db.write((tx) => hearBack.apply(tx, [{ message, found: undefined }], () => {}))
  return { db, told: [] }
}

/** Another process on the same file: it shares the tables, but not the memory. */
function newWorker(db: Database<Client>) {
  const names = createAlertNames(createOrderKeys(ORDER_KEY_SECRET), createAlertTokens(SEAL_SECRET), SHOP_URL)
  const mailer = createMailer(rig.mailbox.smtpUrl, log)
  mailers.push(mailer)
  return mailAlerts({ read: db.read, mailer, names, seal })
}

function dueOf({ subject }: Emitted): Message<'alert.due'> {
  const data = { sku: SKU, kind: 'back' } as const
  return { id: `due ${subject}`, name: 'alert.due', subject, at: 1, stamp: 1, attempt: 1, data }
}
