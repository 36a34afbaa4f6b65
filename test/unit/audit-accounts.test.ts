import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { type EventName, receiversOf, type Service } from '../../shared/routes.ts'
import { senderOf } from '../../shared/senders.ts'
import { at, useSmallShop } from '../audit-rig.ts'
import { samples } from '../event-samples.ts'

const shop = useSmallShop()
const PHONE = '+491701234567'
const person = (id: string) => ({ name: 'Ada', email: `${id}@example.com`, language: 'en' })

type OfAccounts = Extract<EventName, `${'customer' | 'mail' | 'sms'}.${string}`>

/** Something happens to an account, and all who listen have heard of it. */
const tell = (subject: string, name: OfAccounts, data: object = {}) => {
  const id = `${subject} ${name} ${JSON.stringify(data)}`
  const event = { id, name, subject, at, data: JSON.stringify({ ...samples[name], ...data }) }
  shop.insert(senderOf(name), 'Event', event)
  for (const service of receiversOf(name)) shop.insert(service, 'Inbox', { id, outcome: 'done', at })
  return id
}
const post = (subject: string, kind: string, to = `${subject}@example.com`, which = '') => {
  const messageId = `<alias-of-${subject}.${kind}${which}@orderline.example>`
  shop.insert('notification', 'CustomerMail', { messageId, subject, kind, recipient: to, sentAt: at })
  shop.mailbox.push({ id: `${subject} ${kind}`, to: [to], messageId, raw: 'From: …' })
  tell(subject, 'mail.sent', { kind, which })
}
const text = (id: string, subject: string, kind: string, state = 'delivered') => {
  const row = { id, subject, kind, phone: PHONE, ...person(subject), state, sid: `SM ${id}`, holder: 'w', attempts: 1 }
  shop.insert('notification', 'Sms', { ...row, at })
  shop.sms.push({ kind: 'taken', sid: `SM ${id}`, at, from: '+1', to: PHONE, body: `${kind} for ${subject}` })
  shop.sms.push({ kind: 'status', sid: `SM ${id}`, at, status: state })
}

/** Somebody signs up with a phone, and all is sent. */
const signUp = (id: string) => {
  const account = { id, ...person(id), mailbox: `${id}@example.com`, passwordHash: 'h', createdAt: at, phone: PHONE }
  shop.insert('accounts', 'Account', account)
  shop.insert('accounts', 'Registration', { id, account: id, at, hasPhone: 1, mailAt: at, smsAt: at })
  tell(id, 'customer.registered', { ...person(id), isKnown: false })
  post(id, 'welcome')
  text(tell(id, 'customer.phoneAdded', { ...person(id), phone: PHONE, code: `sealed ${id}` }), id, 'code')
}
/** Somebody signs up with an address that has an account. */
const signUpAgain = (registration: string, owner: string) => {
  shop.insert('accounts', 'Registration', { id: registration, account: null, at, hasPhone: 0, mailAt: at })
  tell(registration, 'customer.registered', { ...person(owner), isKnown: true })
  post(registration, 'known', `${owner}@example.com`)
}
const verify = (id: string) => {
  shop.sql('accounts', `UPDATE "Account" SET verifiedAt = ${at} WHERE id = '${id}'`)
  tell(id, 'customer.verified', { email: `${id}@example.com` })
}
const give = (order: string, account: string) =>
  shop.sql('order', `UPDATE "Order" SET account = '${account}' WHERE id = '${order}'`)
const placeAs = (order: string, account: string) => {
  give(order, account)
  shop.sql('order', `UPDATE "Event" SET data = '{"account":"${account}"}' WHERE id = '${order} order.placed'`)
}
const remove = (id: string) => {
  shop.sql(
    'accounts',
    `UPDATE "Account" SET email = '', name = '', passwordHash = '', mailbox = NULL, phone = NULL, deletedAt = ${at}
    WHERE id = '${id}'`,
  )
  tell(id, 'customer.deleted', { email: `${id}@example.com` })
}
const loseMail = (id: string) => {
  shop.mailbox = shop.mailbox.filter((mail) => mail.id !== id)
}
const forget = (service: Service, table: string, where: string) =>
  shop.sql(service, `DELETE FROM "${table}" WHERE ${where}`)

beforeEach(() => {
  signUp('ada')
  signUpAgain('r-2', 'ada')
})

describe('accounts where all is well', () => {
  it('are no finding, and are counted', () => {
    verify('ada')
    const { findings, figures } = shop.audit()

    expect(findings).toEqual([])
    expect(figures.accounts).toEqual({ registrations: 2, total: 1, verified: 1, deleted: 0, sms: 1, smsCopies: 0 })
  })

  it('are not asked for in a shop that has never had any', () => {
    for (const table of ['Event', 'Inbox']) shop.sql('accounts', `DELETE FROM "${table}"`)
    for (const table of ['CustomerMail', 'Sms', 'Event']) shop.sql('notification', `DELETE FROM "${table}"`)
    shop.mailbox = shop.mailbox.filter(({ orderNumber }) => orderNumber !== undefined)
    shop.sms = []
    shop.save()
    for (const end of ['', '-wal', '-shm']) rmSync(join(shop.dataDir, `accounts.db${end}`), { force: true })

    expect(shop.wrongs()).toEqual([])
  })
})

describe('the mail of a sign-up', () => {
  it.each([
    ['ada', 'welcome'],
    ['r-2', 'known'],
  ])('of %s that was never sent, %s, is found, unless its address refuses all mails', (subject, kind) => {
    loseMail(`${subject} ${kind}`)
    forget('notification', 'CustomerMail', `subject = '${subject}'`)
    expect(shop.wrongs()).toEqual([`missingMail ${subject}`])

    shop.insert('notification', 'Bounce', { messageId: 'm', subject, recipient: '', reason: '550', at })
    expect(shop.wrongs()).toEqual([])
  })

  it('that is noted as sent and never arrived is found', () => {
    loseMail('ada welcome')
    expect(shop.wrongs()).toEqual(['undeliveredMail ada'])
  })

  it('that arrived and was never noted is found at rest, and excused before', () => {
    shop.mailbox.push({ id: 'm', to: ['ada@example.com'], messageId: '<who.welcome@orderline.example>', raw: '' })
    expect(shop.wrongs()).toEqual(['unnotedMail <who.welcome@orderline.example>'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })

  it('that arrived need not be noted once where its account was deleted before it was tried again', () => {
    verify('ada')
    remove('ada')
    forget('notification', 'CustomerMail', `subject = 'ada'`)
    shop.sql('notification', `UPDATE "Sms" SET phone = '', name = '', email = ''`)
    expect(shop.wrongs()).toEqual([])

    const [mail] = shop.mailbox.filter(({ id }) => id === 'ada welcome')
    shop.mailbox.push({ ...mail, id: 'm', messageId: '<who.reset@orderline.example>' })
    expect(shop.wrongs()).toEqual(['unnotedMail <who.reset@orderline.example>'])
    shop.mailbox.push({ ...mail, id: 'n', messageId: '<who.welcome@orderline.example>' })
    const both = ['reset', 'welcome'].map((kind) => `unnotedMail <who.${kind}@orderline.example>`)
    expect(shop.wrongs()).toEqual(both)
  })

  it('that nobody asked for is found', () => {
    post('ada', 'reset')
    expect(shop.wrongs()).toEqual(['unexpectedMail ada'])
    tell('ada', 'customer.linkAsked', { ...person('ada'), kind: 'reset' })
    expect(shop.wrongs()).toEqual([])
  })

  it('to somebody else is found', () => {
    shop.mailbox = shop.mailbox.map((mail) => (mail.id === 'ada welcome' ? { ...mail, to: ['eve@example.com'] } : mail))
    expect(shop.wrongs()).toEqual(['misdirectedMail ada'])
  })

  it('that came twice is found, unless crashes explain it', () => {
    shop.mailbox.push(...shop.mailbox.filter(({ id }) => id === 'ada welcome'))
    expect(shop.wrongs()).toEqual(['duplicateMail <alias-of-ada.welcome@orderline.example>'])
    expect(shop.wrongs({ allowDuplicateMails: 1 })).toEqual([])
  })
})

describe('an SMS', () => {
  it('that was asked for and never sent is found at rest, and excused before', () => {
    shop.sql('notification', `DELETE FROM "Sms"`)
    shop.sms = []
    expect(shop.wrongs()).toEqual(['missingSms ada'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })

  it('that is still to be sent at rest is found', () => {
    shop.sql('notification', `UPDATE "Sms" SET state = 'sending', sid = NULL`)
    shop.sms = []
    expect(shop.wrongs()).toEqual(['missingSms ada'])
  })

  it.each(['is not with the gateway', 'went to another phone'])('that is noted as sent and %s is found', (how) => {
    shop.sms = how.startsWith('is') ? [] : shop.sms.map((line) => ({ ...line, to: '+49170' }))
    expect(shop.wrongs()).toEqual(['missingSms ada'])
  })

  it('that nobody asked for is found', () => {
    text('nothing', 'ada', 'known')
    expect(shop.wrongs()).toEqual(['unexpectedSms ada'])
  })

  it('that was taken and is not noted is found', () => {
    shop.sms.push({ kind: 'taken', sid: 'SM 9', at, from: '+1', to: PHONE, body: 'Who is this?' })
    expect(shop.wrongs()).toEqual(['unexpectedSms SM 9'])
  })

  it('that was taken need not be noted once where its account was deleted before it was tried again', () => {
    remove('ada')
    shop.sql('notification', `UPDATE "Sms" SET state = 'failed', sid = NULL, phone = '', name = '', email = ''`)
    shop.sql('notification', `UPDATE "CustomerMail" SET recipient = ''`)
    expect(shop.wrongs()).toEqual([])

    shop.sms.push({ kind: 'taken', sid: 'SM 9', at, from: '+1', to: PHONE, body: 'Who is this?' })
    expect(shop.wrongs()).toEqual(['unexpectedSms SM 9'])
  })

  it('that was sent twice is found, unless the gateway never answered for the first, or crashes explain it', () => {
    const [first] = shop.sms
    shop.sms.push({ ...first, sid: 'SM 2' })
    expect(shop.wrongs()).toEqual(['duplicateSms SM 2'])
    expect(shop.wrongs({ allowDuplicateSms: 1 })).toEqual([])
    expect(shop.audit().figures.accounts.smsCopies).toBe(1)

    shop.sms.push({ kind: 'unanswered', sid: String(first?.sid), at })
    expect(shop.wrongs()).toEqual([])

    shop.sms.push({ ...first, sid: 'SM 3' })
    expect(shop.wrongs()).toEqual(['duplicateSms SM 3'])
  })

  it('that could not be delivered and was not mailed instead is found', () => {
    shop.sql('notification', `UPDATE "Sms" SET state = 'failed'`)
    tell('ada', 'sms.failed', { kind: 'code', phone: PHONE, sms: 'gone' })
    expect(shop.wrongs()).toEqual(['missingMail ada'])
    post('ada', 'code')
    expect(shop.wrongs()).toEqual([])
  })
})

describe('an order', () => {
  it('of somebody who was signed in is well, verified or not', () => {
    placeAs('paid', 'ada')
    expect(shop.wrongs()).toEqual([])
  })

  it('of an account that does not exist is found', () => {
    placeAs('paid', 'nobody')
    expect(shop.wrongs()).toEqual(['wrongOwner paid'])
  })

  it('that was placed by one and belongs to another, or nobody, is found', () => {
    signUp('bob')
    placeAs('paid', 'ada')
    give('paid', 'bob')
    expect(shop.wrongs()).toEqual(['wrongOwner paid'])
    shop.sql('order', `UPDATE "Order" SET account = NULL`)
    expect(shop.wrongs()).toEqual(['wrongOwner paid'])
  })

  it('is claimed by who has proved its address, however it is spelled, and by nobody else', () => {
    give('paid', 'ada')
    shop.sql('order', `UPDATE "Order" SET customerEmail = 'Ada+shop@example.com' WHERE id = 'paid'`)
    for (const mail of shop.mailbox) if (String(mail.id).startsWith('paid ')) mail.to = ['Ada+shop@example.com']
    expect(shop.wrongs()).toEqual(['wrongOwner paid'])
    verify('ada')
    expect(shop.wrongs()).toEqual([])
    give('rejected', 'ada')
    expect(shop.wrongs()).toEqual(['wrongOwner rejected'])
  })
})

describe('a mail about an order that is not sent', () => {
  const leaveOut = () => {
    loseMail('paid paid')
    forget('notification', 'Mail', `orderId = 'paid' AND kind = 'paid'`)
    const messageId = '<alias-of-paid.paid@orderline.example>'
    shop.insert('notification', 'Unsent', { messageId, orderId: 'paid', kind: 'paid', at })
  }

  it('is well where the order is that of an account, which may want none', () => {
    placeAs('paid', 'ada')
    leaveOut()
    expect(shop.wrongs()).toEqual([])
  })

  it("is found where the order is a guest's, but for one who has proved the address and gone", () => {
    leaveOut()
    expect(shop.wrongs()).toEqual(['missingMail paid'])
    tell('eve', 'customer.deleted', { email: 'Paid+shop@example.com' })
    expect(shop.wrongs()).toEqual([])
  })

  it('may have come all the same, when its worker died before it could be noted', () => {
    placeAs('paid', 'ada')
    const mail = shop.mailbox.filter(({ id }) => id === 'paid paid')
    leaveOut()
    shop.mailbox.push(...mail)
    expect(shop.wrongs()).toEqual([])
  })
})

describe('a proof', () => {
  it('that has worked twice is found', () => {
    verify('ada')
    tell('ada', 'customer.verified', { email: 'ada@example.com ' })
    expect(shop.wrongs()).toEqual(expect.arrayContaining(['wronglyProved ada']))
  })

  it('that was guessed at more often than may be is found', () => {
    const proof = { digest: 'd', kind: 'phone', account: 'ada', target: PHONE, expiresAt: at }
    shop.insert('accounts', 'Proof', { ...proof, attempts: 5 })
    expect(shop.wrongs()).toEqual([])
    shop.sql('accounts', `UPDATE "Proof" SET attempts = 6`)
    expect(shop.wrongs()).toEqual(['wronglyProved ada'])
  })
})

describe('an account that was deleted', () => {
  const leftovers: [string, () => void][] = [
    ['its name', () => shop.sql('accounts', `UPDATE "Account" SET name = 'Ada'`)],
    ['a session', () => shop.insert('accounts', 'Session', { id: 's', account: 'ada', renewal: 'r', beganAt: at })],
    ['what notification needs', () => shop.insert('notification', 'Preference', PREFERENCE)],
    ['the address of its orders', () => give('paid', 'ada')],
    [
      'whom to write to about its orders',
      () => {
        shop.sql('order', `UPDATE "Order" SET customerEmail = '' WHERE id = 'paid'`)
        shop.sql('notification', `UPDATE "Contact" SET email = 'paid@example.com' WHERE orderId = 'paid'`)
        give('paid', 'ada')
      },
    ],
  ]
  const PREFERENCE = { account: 'ada', revision: 1, ...person('ada'), ordersByMail: 1, ordersBySms: 0 }

  const vanish = () => {
    remove('ada')
    loseMail('ada welcome')
    forget('notification', 'CustomerMail', `subject = 'ada'`)
    forget('notification', 'Sms', `subject = 'ada'`)
    shop.sms = []
  }

  it('is well when nothing of it is left, and its mails need not come any more', () => {
    vanish()
    expect(shop.wrongs()).toEqual([])
  })

  it.each(leftovers)('and has left %s is found', (_what, leave) => {
    vanish()
    leave()
    expect(new Set(shop.wrongs().map((wrong) => wrong.split(' ')[0]))).toEqual(new Set(['leftBehind']))
  })
})

describe('the messages of accounts', () => {
  it('are found where they are lost', () => {
    forget('notification', 'Inbox', `id LIKE 'ada customer.registered%'`)
    const { findings } = shop.audit()
    expect(findings.map(({ detail }) => detail)).toEqual([
      'customer.registered of ada has not reached notification, and is not on its way',
    ])
  })

  it('are found where they were given up', () => {
    const letter = {
      id: 'l',
      queue: 'notification',
      name: 'customer.linkAsked',
      subject: 'ada',
      reason: '',
      body: '',
      at,
    }
    shop.insert('notification', 'DeadLetter', letter)
    expect(shop.wrongs({ allowDeadLetters: 9 })).toEqual(['deadLetter l'])
  })

  it('are found where there is an account, a proved address or a deletion, and no event', () => {
    shop.sql('accounts', `UPDATE "Account" SET verifiedAt = ${at}`)
    expect(shop.wrongs()).toEqual(['withoutEvent ada'])
    verify('ada')
    expect(shop.wrongs()).toEqual([])
  })

  it('keep the shop from being at rest', () => {
    const row = `seq, 'notification', ${at}, 1, ${at} FROM "Event" WHERE name = 'customer.registered'`
    shop.sql('accounts', `INSERT INTO "Outbox" (event, queue, stamp, pushes, enqueuedAt) SELECT ${row}`)
    expect(shop.audit().isAtRest).toBe(false)
    expect(shop.wrongs({ atRest: true }).join()).toMatch(/^unrest ada customer.registered/)
  })
})
