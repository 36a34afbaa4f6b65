import { describe, expect, it } from '@jest/globals'
import type { EventData } from '../../shared/events.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { SHOP_URL, seal, useNotification } from '../notification-rig.ts'
import { SEAL_SECRET } from '../sms-rig.ts'
import { until } from '../until.ts'

const ADA = { name: 'Ada', email: 'ada@example.com', language: 'en' } as const
const ACCOUNT = '01a20753-7f79-740f-a857-ba8f5bfbbd1d'
const PHONE = '+491701234567'
const NUMBER = 'OL-1042'
const MONEY = { totalCents: 1_800, currency: 'EUR' }
const rig = useNotification()

const registered = (isKnown = false): EventData<'customer.registered'> => ({
  ...ADA,
  isKnown,
  link: seal.close('tok-1'),
})
const preferred = (revision: number, orders = { mail: true, sms: true }, phone: string | null = PHONE) =>
  rig.push('customer.preferred', ACCOUNT, { ...ADA, revision, phone, orders })
const placed = (more: Partial<EventData<'order.placed'>> = {}): EventData<'order.placed'> => ({
  ...{ number: NUMBER, ...MONEY, paymentMethod: 'pm_card_visa', payBy: null, account: ACCOUNT },
  customer: { name: 'Ada', email: ADA.email },
  lines: [{ sku: 'MUG-001', name: 'Stoneware mug', quantity: 1, unitPriceCents: 1_800 }],
  ...more,
})
const code = (): EventData<'customer.phoneAdded'> => ({ ...ADA, phone: PHONE, kind: 'code', code: seal.close('1') })
const paid = { number: NUMBER, ...MONEY, chargeId: 'pi_1' }
const subjects = async () => (await rig.mails()).map(({ subject }) => subject)

describe('an account', () => {
  it.each([
    ['customer.registered', registered(), 'Welcome to Orderline: please confirm your address', 'verify'],
    ['customer.registered', registered(true), 'You have an account at Orderline already', 'reset'],
    [
      'customer.linkAsked',
      { ...ADA, kind: 'verify', link: seal.close('tok-1') },
      'Please confirm your address',
      'verify',
    ],
    [
      'customer.linkAsked',
      { ...ADA, kind: 'reset', link: seal.close('tok-1') },
      'A new password for your account',
      'reset',
    ],
  ] as const)('has a mail on %s: %j', async (name, data, subject, page) => {
    await rig.done(await rig.push(name, 'r-1', data))

    const [mail] = await rig.mails()
    expect(mail).toMatchObject({ subject, to: [ADA.email] })
    for (const body of [mail?.text, mail?.html]) expect(body).toContain(`${SHOP_URL}/account/${page}#tok-1`)
    expect(mail?.headers['list-unsubscribe']).toBeUndefined()
    expect(mail?.headers['message-id']).not.toMatch(/r-1|m-\d/)
    expect(rig.emitted('mail.sent')).toMatchObject([{ subject: 'r-1' }])
  })

  it('has one welcome mail, however often the message comes', async () => {
    for (let copy = 0; copy < 5; copy++) await rig.push('customer.registered', 'r-1', registered(), 'once')
    await rig.done('once')
    expect(await subjects()).toHaveLength(1)
    expect(rig.emitted('mail.sent')).toHaveLength(1)
  })

  it('is told where its mails do not arrive: the recipient is refused for good', async () => {
    await rig.done(await rig.push('customer.registered', 'r-1', { ...registered(), email: 'nobody at all' }))

    expect(rig.emitted('mail.bounced')).toMatchObject([{ subject: 'r-1', data: { email: 'nobody at all' } }])
    expect(rig.rows('SELECT recipient FROM "Bounce"')).toEqual([{ recipient: 'nobody at all' }])
    expect(rig.rows('SELECT id FROM "DeadLetter"')).toEqual([])
    expect(rig.emitted('mail.sent')).toEqual([])
  })

  it('has no mail with what nobody of ours has sealed: that is a dead letter', async () => {
    const id = await rig.push('customer.registered', 'r-1', { ...registered(), link: 'c2VhbGVk' })
    await until(async () => (await rig.word(id)) === 'dead')
    expect(await subjects()).toEqual([])
  })
})

describe('an order', () => {
  it('whose customer cannot be reached is a dead letter as ever, and tells of the bounce once', async () => {
    const id = await rig.push('order.placed', 'o-1', placed({ customer: { name: 'Ada', email: 'nobody at all' } }))
    await until(async () => (await rig.word(id)) === 'dead')

    expect(rig.emitted('mail.bounced')).toMatchObject([{ subject: 'o-1', data: { email: 'nobody at all' } }])
  })

  it('of an account can be unsubscribed from by one click, one of a guest cannot', async () => {
    await rig.done(await rig.push('order.placed', 'o-1', placed()))
    await rig.done(await rig.push('order.placed', 'o-2', placed({ account: undefined })))

    const [ours, guests] = await rig.mails()
    const link = /^<(.*)>$/.exec(ours?.headers['list-unsubscribe'] ?? '')?.[1] ?? ''
    expect(ours?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    expect(link).toContain(`${SHOP_URL}/unsubscribe/`)
    expect(createUnsubscribe(SEAL_SECRET).accountOf(link.slice(`${SHOP_URL}/unsubscribe/`.length))).toBe(ACCOUNT)
    for (const body of [ours?.text, ours?.html]) expect(body).toContain(link)
    expect(guests?.headers['list-unsubscribe']).toBeUndefined()
    expect(guests?.text).not.toContain('unsubscribe')
  })

  it('is not mailed about to who wants no such mails, and that is noted', async () => {
    await rig.done(await preferred(2, { mail: false, sms: false }))
    await rig.done(await rig.push('order.placed', 'o-1', placed()))
    await rig.done(await rig.push('payment.captured', 'o-1', paid))
    await rig.done(await rig.push('order.placed', 'o-2', placed({ account: undefined })))

    expect(await subjects()).toEqual([`We have received your order ${NUMBER}`])
    expect(rig.rows('SELECT "orderId", kind FROM "Unsent" ORDER BY at')).toEqual([
      { orderId: 'o-1', kind: 'received' },
      { orderId: 'o-1', kind: 'paid' },
    ])
  })

  it('is told of by SMS, once, to who wants that, of what matters', async () => {
    await rig.done(await preferred(1))
    const { done, push } = { done: rig.done.bind(rig), push: rig.push.bind(rig) }
    await done(await push('order.placed', 'o-1', placed()))
    await done(await push('payment.captured', 'o-1', paid))
    await done(await push('order.cancelled', 'o-1', { number: NUMBER, wasPaid: true }))

    expect(rig.emitted('sms.due')).toMatchObject([
      { subject: 'o-1', data: { phone: PHONE, kind: 'order', order: NUMBER, state: 'paid' } },
      { subject: 'o-1', data: { state: 'cancelled' } },
    ])
    await until(async () => (await rig.sms.list(PHONE)).length === 2)
    expect((await rig.sms.list(PHONE)).map(({ body }) => body).sort()).toEqual([
      `Orderline: your order ${NUMBER} is cancelled. No more of these? Answer STOP.`,
      `Orderline: your order ${NUMBER} is paid. No more of these? Answer STOP.`,
    ])
    expect(await subjects()).toHaveLength(3)
  })

  it('is told of by SMS while the mail server is away', async () => {
    await rig.done(await preferred(1))
    await rig.done(await rig.push('order.placed', 'o-1', placed()))
    await rig.mailbox.turn({ down: true })
    const id = await rig.push('payment.captured', 'o-1', paid)

    await until(async () => (await rig.sms.list(PHONE)).length === 1)
    await until(async () => (await rig.word(id))?.startsWith('retrying:2'))
    await rig.mailbox.turn({ down: false })
    await until(async () => (await subjects()).length === 2)
    expect(rig.emitted('sms.due')).toHaveLength(1)
  })

  it('is told of by mail after all where the SMS fails and its customer has mails off', async () => {
    await rig.done(await preferred(1, { mail: false, sms: true }, '+15005553003'))
    await rig.done(await rig.push('order.placed', 'o-1', placed()))
    await rig.done(await rig.push('payment.captured', 'o-1', paid))

    await until(async () => (await subjects()).length === 1)
    expect((await rig.mails())[0]?.text).toContain(`Your order ${NUMBER} is paid.`)
  })
})

describe('what an account prefers', () => {
  it('is what it said last, in whichever order it comes', async () => {
    await rig.done(await preferred(3, { mail: false, sms: false }))
    await rig.done(await preferred(2))

    expect(rig.rows('SELECT revision, "ordersByMail" FROM "Preference"')).toEqual([{ revision: 3, ordersByMail: 0 }])
  })
})

describe('an account that is deleted', () => {
  const guest = (email: string) => placed({ account: undefined, customer: { name: 'Ada', email } })
  const addresses = () => rig.rows('SELECT "orderId", email FROM "Contact" ORDER BY "orderId"')

  it('is forgotten by the orders of its guest, however the address is spelled there', async () => {
    await rig.done(await rig.push('order.placed', 'o-1', guest('Ada+shop@example.com')))
    await rig.done(await rig.push('order.placed', 'o-2', guest('eve@example.com')))
    await rig.done(await rig.push('customer.deleted', ACCOUNT, { email: ADA.email }))

    expect(addresses()).toEqual([
      { orderId: 'o-1', email: '' },
      { orderId: 'o-2', email: 'eve@example.com' },
    ])
  })

  it('and has never proved its address takes nobody their mails', async () => {
    await rig.done(await rig.push('order.placed', 'o-1', guest(ADA.email)))
    await rig.done(await rig.push('customer.deleted', ACCOUNT, { email: '' }))

    expect(addresses()).toEqual([{ orderId: 'o-1', email: ADA.email }])
  })

  it('is forgotten by the SMS about its orders, and by the mails in their place, also by those that come late', async () => {
    const due = { ...ADA, phone: '+15005553003', kind: 'order', order: NUMBER, state: 'paid' } as const
    await rig.done(await preferred(1, { mail: false, sms: true }, due.phone))
    await rig.done(await rig.push('order.placed', 'o-1', placed()))
    await rig.done(await rig.push('payment.captured', 'o-1', paid))
    await until(() => rig.emitted('mail.sent').length === 1)
    await rig.done(await rig.push('customer.deleted', ACCOUNT, { email: ADA.email }))
    await rig.done(await rig.push('sms.due', 'o-1', due))

    expect(await rig.sms.list(due.phone)).toHaveLength(1)
    expect(rig.rows('SELECT phone || name || email AS left FROM "Sms"')).toEqual([{ left: '' }, { left: '' }])
    expect(rig.rows('SELECT recipient FROM "CustomerMail"')).toEqual([{ recipient: '' }])
    await until(() => rig.rows(`SELECT event FROM "Outbox" WHERE queue LIKE 'notification%'`).length === 0)
    expect(await subjects()).toHaveLength(1)
  })

  it('is forgotten by the mail that somebody has signed up with its address once more', async () => {
    await rig.done(await rig.push('customer.registered', 'r-2', registered(true)))
    await rig.done(await rig.push('customer.registered', 'r-3', { ...registered(true), email: 'eve@example.com' }))
    await rig.done(await rig.push('customer.deleted', ACCOUNT, { email: ADA.email }))

    expect(rig.rows('SELECT subject, recipient FROM "CustomerMail" ORDER BY subject')).toEqual([
      { subject: 'r-2', recipient: '' },
      { subject: 'r-3', recipient: 'eve@example.com' },
    ])
  })

  it('is forgotten, and so is what comes late about it', async () => {
    await rig.done(await preferred(1))
    await rig.done(await rig.push('customer.registered', ACCOUNT, registered()))
    await rig.done(await rig.push('customer.phoneAdded', ACCOUNT, code()))
    await rig.done(await rig.push('order.placed', 'o-1', placed()))
    await rig.done(await rig.push('order.placed', 'o-2', placed({ account: undefined })))
    await rig.done(await rig.push('customer.deleted', ACCOUNT, { email: ADA.email }))

    for (const table of ['Contact', 'Preference', 'Mail', 'CustomerMail', 'Sms'])
      expect([table, JSON.stringify(rig.rows(`SELECT * FROM "${table}"`))]).not.toEqual([
        table,
        expect.stringMatching(/ada@example|Ada|\+49170/),
      ])
    await rig.done(await preferred(9))
    await rig.done(await rig.push('payment.captured', 'o-1', paid))
    await rig.done(await rig.push('customer.linkAsked', ACCOUNT, { ...ADA, kind: 'reset', link: seal.close('t') }))
    await rig.done(await rig.push('customer.phoneAdded', ACCOUNT, code()))
    await rig.done(await rig.push('order.placed', 'o-3', placed()))
    expect(await subjects()).toHaveLength(3)
    expect(await rig.sms.list(PHONE)).toHaveLength(1)
    expect(rig.rows(`SELECT DISTINCT phone || email AS left FROM "Sms"`)).toEqual([{ left: '' }])
    expect(rig.rows(`SELECT DISTINCT name || email AS left FROM "Contact"`)).toEqual([{ left: '' }])
    expect(rig.rows('SELECT email FROM "Preference"')).toEqual([{ email: '' }])
  })
})
