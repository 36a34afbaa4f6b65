import { beforeEach, describe, expect, it } from '@jest/globals'
import type { EventName } from '../../shared/routes.ts'
import { at, useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()
const inBooks = (sql: string) => shop.sql('notification', sql)

/** Notification tells itself what is to be sent, and has heard it. */
function emit(id: string, name: EventName, subject: string): void {
  const data = JSON.stringify(name === 'alert.asked' ? { code: id } : {})
  shop.insert('notification', 'Event', { id, name, subject, at, data })
  shop.insert('notification', 'Inbox', { id, outcome: 'done', at })
}

function mail(alert: string, kind: string, to = `${alert}@example.com`): void {
  const messageId = `<of-${alert}.${kind}@orderline.example>`
  shop.insert('notification', 'AlertMail', { messageId, alert, kind, recipient: to, sentAt: at })
  shop.mailbox.push({ id: `${alert} ${kind}`, to: [to], messageId, raw: '' })
}

function ask(id: string, state: string): void {
  const who = { mailbox: `${id}@example.com`, email: `${id}@example.com`, language: 'en' }
  const known = { timesBack: 0, priceCents: 900, asks: 1, askedAt: at, confirmedAt: state === 'asked' ? null : at }
  shop.insert('notification', 'Alert', { id, sku: 'MUG', kind: 'back', ...who, state, ...known })
  emit(`${id} asked`, 'alert.asked', id)
  mail(id, 'alert')
}

function tell(id: string): void {
  inBooks(`UPDATE "Alert" SET state = 'told', toldAt = ${at} WHERE id = '${id}'`)
  emit(`${id} due`, 'alert.due', id)
  mail(id, 'back')
}

/** One of each state. */
beforeEach(() => {
  for (const state of ['asked', 'confirmed', 'stopped']) ask(state, state)
  ask('told', 'confirmed')
  tell('told')
})

describe('those who want to be told of a product', () => {
  it('are found well where each who has confirmed was told once, by one mail', () => {
    const { findings, figures } = shop.audit({ atRest: true })

    expect(findings).toEqual([])
    expect(figures.alerts).toEqual({ asked: 4, confirmed: 3, told: 1, mails: 1 })
  })

  it('are found where nobody has confirmed, and they were told', () => {
    inBooks(`UPDATE "Alert" SET confirmedAt = NULL WHERE id = 'told'`)
    expect(shop.wrongs()).toEqual(['wrongAlert told'])
  })

  it('are found where they were told twice', () => {
    emit('told again', 'alert.due', 'told')
    expect(shop.wrongs()).toEqual(['eventTwice told due', 'missingMail told', 'wrongAlert told'])
  })

  it('are found where they are to be told, and are not noted as told', () => {
    emit('confirmed due', 'alert.due', 'confirmed')
    expect(shop.wrongs()).toEqual(['missingMail confirmed', 'wrongAlert confirmed'])
  })

  it('are found where they are noted as told, and no event says so', () => {
    inBooks(`UPDATE "Alert" SET state = 'told', toldAt = ${at} WHERE id = 'confirmed'`)
    expect(shop.wrongs()).toEqual(['withoutEvent confirmed', 'wrongAlert confirmed'])
  })
})

describe('a mail to somebody who waits for a product', () => {
  const unmail = (messageId: string) => {
    inBooks(`DELETE FROM "AlertMail" WHERE messageId = '${messageId}'`)
    shop.mailbox = shop.mailbox.filter((one) => one.messageId !== messageId)
  }

  it('that is missing is found at rest, and excused before, or where its server has refused it', () => {
    unmail('<of-told.back@orderline.example>')
    expect(shop.wrongs({ atRest: true })).toEqual(['missingMail told'])

    const bounce = { messageId: '<of-told.back@orderline.example>', subject: 'told', recipient: '', reason: '', at }
    shop.insert('notification', 'Bounce', bounce)
    expect(shop.wrongs({ atRest: true })).toEqual([])
  })

  it('to confirm that is missing is found, but not for who has stopped it before', () => {
    unmail('<of-asked.alert@orderline.example>')
    unmail('<of-stopped.alert@orderline.example>')
    expect(shop.wrongs({ atRest: true })).toEqual(['missingMail asked'])
  })

  it('to confirm that was asked for twice may come once, if it is confirmed by then', () => {
    for (const id of ['asked', 'confirmed']) emit(`${id} again`, 'alert.asked', id)
    expect(shop.wrongs({ atRest: true })).toEqual(['missingMail asked'])
  })

  it('to confirm that came and was not put down is excused where its link was followed by then, and only there', () => {
    inBooks(`DELETE FROM "AlertMail" WHERE alert IN ('confirmed', 'asked') AND kind = 'alert'`)
    expect(shop.wrongs({ atRest: true })).toEqual([
      'missingMail asked',
      'unnotedMail <of-asked.alert@orderline.example>',
    ])
  })

  it('to confirm that never came is found though it is confirmed', () => {
    unmail('<of-confirmed.alert@orderline.example>')
    expect(shop.wrongs({ atRest: true })).toEqual(['missingMail confirmed'])
  })

  it('that nobody was to be told is found', () => {
    mail('confirmed', 'back')
    mail('stopped', 'back')
    expect(shop.wrongs()).toEqual(['unexpectedMail confirmed', 'unexpectedMail stopped'])
  })

  it('that was noted and never came is found', () => {
    shop.mailbox = shop.mailbox.filter(({ id }) => id !== 'told back')
    expect(shop.wrongs()).toEqual(['undeliveredMail told'])
  })

  it('that came and was not noted is found at rest', () => {
    inBooks(`DELETE FROM "AlertMail" WHERE alert = 'told' AND kind = 'back'`)
    expect(shop.wrongs({ atRest: true })).toEqual(['missingMail told', 'unnotedMail <of-told.back@orderline.example>'])
  })

  it('that came twice is found', () => {
    shop.mailbox.push({ ...shop.mailbox.find(({ id }) => id === 'told back'), id: 'again' })
    expect(shop.wrongs()).toEqual(['duplicateMail <of-told.back@orderline.example>'])
    expect(shop.wrongs({ allowDuplicateMails: 1 })).toEqual([])
  })

  it('may have gone to another spelling of the same address', () => {
    unmail('<of-told.back@orderline.example>')
    mail('told', 'back', 'Told+shop@example.com')
    expect(shop.wrongs()).toEqual([])
  })

  it('that went to somebody else is found, but not where it is forgotten to whom it had to go', () => {
    unmail('<of-told.back@orderline.example>')
    mail('told', 'back', 'eve@example.com')
    expect(shop.wrongs()).toEqual(['misdirectedMail told'])

    inBooks(`UPDATE "Alert" SET email = '', mailbox = '' WHERE id = 'told'`)
    expect(shop.wrongs()).toEqual([])
  })
})
