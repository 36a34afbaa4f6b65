import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { EventData } from '../../shared/events.ts'
import { seal, useNotification } from '../notification-rig.ts'
import { TOKEN } from '../sms-rig.ts'
import { until } from '../until.ts'

const ADA = { name: 'Ada', email: 'ada@example.com', language: 'en' } as const
const PHONE = '+491701234567'
const UNDELIVERABLE = '+15005553003'
const rig = useNotification()

const code = (phone = PHONE, words = '123456', language: 'en' | 'zh' = 'en') =>
  ({ ...ADA, language, phone, kind: 'code', code: seal.close(words) }) satisfies EventData<'customer.phoneAdded'>
const due: EventData<'sms.due'> = { ...ADA, phone: PHONE, kind: 'order', order: 'OL-1', state: 'paid' }
const bodies = async (phone = PHONE) => (await rig.sms.list(phone)).map(({ body }) => body)
const states = () => rig.rows<{ state: string }>('SELECT state FROM "Sms" ORDER BY at').map(({ state }) => state)
const delivered = () => until(() => states().every((state) => state === 'delivered'))

/** As if a worker had begun it, and never come to its end. */
function begunBy(holder: string, id: string): void {
  rig.write(`UPDATE "Sms" SET state = 'sending', sid = NULL, "lookAt" = NULL, holder = ? WHERE id = ?`, holder, id)
  rig.write('DELETE FROM "Inbox" WHERE id = ?', id)
  rig.write('DELETE FROM "Event"')
}

describe('an SMS', () => {
  it('carries the code, once, in the language of its reader, and is told of', async () => {
    await rig.done(await rig.push('customer.phoneAdded', 'r-1', code()))
    await rig.done(await rig.push('customer.phoneAdded', 'r-2', code('+8613800138000', '654321', 'zh')))

    expect(await bodies()).toEqual([expect.stringContaining('Your code from Orderline: 123456.')])
    expect(await bodies('+8613800138000')).toEqual([expect.stringContaining('您的验证码是 654321')])
    expect(rig.emitted('sms.sent')).toEqual([
      { subject: 'r-1', data: { kind: 'code', phone: PHONE } },
      { subject: 'r-2', data: { kind: 'code', phone: '+8613800138000' } },
    ])
    await delivered()
    expect(rig.emitted('sms.failed')).toEqual([])
  })

  it('goes out while the mail server is frozen, and a mail while the SMS gateway is', async () => {
    await rig.mailbox.turn({ delayMs: 60_000 })
    const mail = await rig.push('customer.registered', 'r-1', { ...ADA, isKnown: false, link: seal.close('t') })
    await rig.done(await rig.push('customer.phoneAdded', 'r-1', code()))
    expect(await bodies()).toHaveLength(1)
    expect(await rig.word(mail)).not.toBe('done')

    await rig.mailbox.turn({ delayMs: 0 })
    await rig.sms.turn({ delayMs: 5_000 })
    const sms = await rig.push('customer.phoneAdded', 'r-2', code())
    await rig.done(await rig.push('customer.registered', 'r-2', { ...ADA, isKnown: false, link: seal.close('t') }))
    expect(await rig.word(sms)).not.toBe('done')
  })

  it('goes out when the gateway is back that was away, or had too much to do', async () => {
    for (const trouble of [{ down: true }, { busyShare: 1 }]) {
      await rig.sms.turn(trouble)
      const id = await rig.push('customer.phoneAdded', 'r-1', code())
      await until(() => rig.rows<{ state: string }>('SELECT state FROM "Sms" WHERE id = ?', id).length === 1)
      await rig.sms.turn({ down: false, busyShare: 0 })
      await rig.done(id)
    }
    expect(await bodies()).toHaveLength(2)
  })

  it('is not sent a second time when the gateway’s answer is lost', async () => {
    await rig.sms.turn({ loseAnswers: 1, loseCallbacks: 1 })
    const id = await rig.push('customer.phoneAdded', 'r-1', code())
    await until(async () => (await bodies()).length === 1)
    await rig.sms.turn({ loseAnswers: 0 })
    await rig.done(id)

    expect(await bodies()).toHaveLength(1)
    expect(rig.emitted('sms.sent')).toHaveLength(1)
  })

  it('is not sent a second time when its callback comes while it is looked for', async () => {
    await rig.sms.turn({ loseAnswers: 1, stepMs: 500 })
    const id = await rig.push('customer.phoneAdded', 'r-1', code())
    await until(async () => (await bodies()).length === 1)
    await rig.sms.turn({ loseAnswers: 0, delayMs: 1_500 })
    await rig.done(id)

    expect(await bodies()).toHaveLength(1)
    expect(rig.emitted('sms.sent')).toHaveLength(1)
  })

  it('is left to the worker that is at it', async () => {
    const id = await rig.push('customer.phoneAdded', 'r-1', code())
    await rig.done(id)
    await delivered() // or a callback would tell
    await rig.stop()
    begunBy('another', id)
    await rig.boot()

    await rig.push('customer.phoneAdded', 'r-1', code(), id)
    await until(async () => (await rig.word(id))?.startsWith('retrying'))
    expect(await bodies()).toHaveLength(1)
  })

  it('is sent twice where two events ask for the same words', async () => {
    for (const subject of ['r-1', 'r-2']) {
      const { code: _, ...known } = code()
      await rig.done(await rig.push('customer.phoneAdded', subject, { ...known, kind: 'known' }))
    }
    expect(await bodies()).toHaveLength(2)
  })
})

describe('an SMS that does not arrive', () => {
  it('comes as a mail with the same code', async () => {
    const id = await rig.push('customer.phoneAdded', 'r-1', code(UNDELIVERABLE))
    const [failed] = await until(() => rig.emitted('sms.failed').length > 0 && rig.emitted('sms.failed'))

    expect(failed).toMatchObject({
      subject: 'r-1',
      data: { kind: 'code', code: 30_003, phone: UNDELIVERABLE, sms: id },
    })
    const [mail] = await until(async () => (await rig.mails()).length > 0 && (await rig.mails()))
    expect(mail).toMatchObject({ subject: 'Your code from Orderline', to: ['ada@example.com'] })
    expect(mail?.text).toContain('\n123456\n')
    await until(() => rig.emitted('mail.sent').length === 1)
    expect(rig.emitted('mail.sent')).toEqual([{ subject: 'r-1', data: { kind: 'code' } }])
  })

  it.each([
    ['+15005550001', 21_211],
    ['+15005550009', 21_614],
  ])('since the gateway refuses %s with %d comes as a mail, too', async (phone, wanted) => {
    await rig.done(await rig.push('customer.phoneAdded', 'r-1', code(phone)))

    expect(rig.emitted('sms.failed')).toMatchObject([{ data: { code: wanted, sid: null } }])
    await until(async () => (await rig.mails()).length === 1)
    expect(rig.emitted('sms.sent')).toEqual([])
  })

  it('since there is no gateway at all comes as a mail at once', async () => {
    await rig.stop()
    await rig.boot({ SMS_ACCOUNT: '' })
    await rig.done(await rig.push('customer.phoneAdded', 'r-1', code()))

    await until(async () => (await rig.mails()).length === 1)
    expect(await rig.sms.list()).toEqual([])
  })

  it('is missed although no callback says so', async () => {
    await rig.sms.turn({ loseCallbacks: 1 })
    const id = await rig.push('customer.phoneAdded', 'r-1', code(UNDELIVERABLE))
    await rig.done(id)
    await until(async () => (await rig.sms.list(UNDELIVERABLE))[0]?.status === 'undelivered')
    expect(rig.emitted('sms.failed')).toEqual([])

    rig.write('UPDATE "Sms" SET "lookAt" = 1 WHERE id = ?', id)
    await until(async () => (await rig.mails()).length === 1)
  })

  it('is no second mail about an order whose customer has one anyway', async () => {
    await rig.done(await rig.push('sms.due', 'o-1', { ...due, phone: UNDELIVERABLE }))
    await until(() => rig.emitted('sms.failed').length === 1)
    const [failed] = rig.emitted('sms.failed')
    await until(() => rig.rows('SELECT id FROM "Sms" WHERE state = ?', 'failed').length === 1)

    expect(failed?.subject).toBe('o-1')
    await until(() => rig.rows('SELECT id FROM "Inbox"').length === 2)
    expect(await rig.mails()).toEqual([])
    expect(rig.emitted('sms.sent')).toEqual([])
  })
})

describe('STOP', () => {
  it('is obeyed, told once, and taken back by START', async () => {
    await rig.done(await rig.push('sms.due', 'o-1', due))
    for (const word of ['Stop', 'STOP']) await rig.sms.reply(PHONE, word)
    await until(() => rig.emitted('sms.stopped').length === 1)
    await rig.done(await rig.push('sms.due', 'o-2', due))

    expect((await bodies()).filter((body) => body.includes('is paid'))).toHaveLength(1)
    expect(rig.emitted('sms.failed')).toMatchObject([{ subject: 'o-2', data: { code: 21_610 } }])

    await rig.sms.reply(PHONE, 'START')
    await until(() => rig.emitted('sms.stopped').length === 2)
    await rig.done(await rig.push('sms.due', 'o-3', due))
    expect((await bodies()).filter((body) => body.includes('is paid'))).toHaveLength(2)
    expect(rig.emitted('sms.stopped')).toEqual([
      { subject: PHONE, data: { phone: PHONE, isStopped: true } },
      { subject: PHONE, data: { phone: PHONE, isStopped: false } },
    ])
  })

  it('is learnt from the gateway, too, where its webhook was lost', async () => {
    await rig.done(await rig.push('customer.phoneAdded', 'r-1', code('+15005550004')))
    expect(rig.emitted('sms.stopped')).toMatchObject([{ subject: '+15005550004', data: { isStopped: true } }])
  })
})

describe('the door for the gateway', () => {
  const form = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003' }
  const signed = (path: string, fields: Record<string, string>, token = TOKEN) => {
    const url = `${rig.service?.url}${path}`
    const text = Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join('')
    const signature = createHmac('sha1', token)
      .update(url + text)
      .digest('base64')
    const headers = { 'x-twilio-signature': signature }
    return fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) })
  }

  it('is closed to what the gateway has not signed', async () => {
    for (const path of ['/webhooks/sms/status', '/webhooks/sms/inbound'])
      expect((await signed(path, form, 'of somebody else')).status).toBe(403)
    expect((await signed('/webhooks/sms/status', form)).status).toBe(204)
    expect((await signed('/webhooks/sms/status', { MessageSid: 'SM1' })).status).toBe(400)
  })

  it('lets nothing move back that is late, and nothing fail twice', async () => {
    const id = await rig.push('customer.phoneAdded', 'r-1', code())
    await rig.done(id)
    await delivered()
    const [sms] = await rig.sms.list(PHONE)
    for (const MessageStatus of ['sent', 'undelivered', 'queued'])
      await signed(`/webhooks/sms/status?sms=${id}`, { ...form, MessageSid: String(sms?.sid), MessageStatus })

    expect(states()).toEqual(['delivered'])
    expect(rig.emitted('sms.failed')).toEqual([])
  })

  it('takes a STOP that comes again for no second one', async () => {
    const stop = { MessageSid: 'SM2', From: PHONE, Body: 'STOP' }
    expect(await (await signed('/webhooks/sms/inbound', stop)).text()).toContain('<Response/>')
    expect((await signed('/webhooks/sms/inbound', { ...stop, MessageSid: 'SM4', From: '+'.repeat(65) })).status).toBe(
      400,
    )
    await signed('/webhooks/sms/inbound', { ...stop, MessageSid: 'SM3', Body: 'START' })
    await signed('/webhooks/sms/inbound', stop)

    expect(rig.emitted('sms.stopped')).toMatchObject([{ data: { isStopped: true } }, { data: { isStopped: false } }])
  })
})
