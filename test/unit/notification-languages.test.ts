import { describe, expect, it } from '@jest/globals'
import { createAlertNames } from '../../services/notification/alerts/alert-names.ts'
import { createAlertTokens } from '../../services/notification/alerts/alert-tokens.ts'
import { asking as askingOf, composeAlertMail, telling } from '../../services/notification/alerts/alert-wordings.ts'
import { composeCustomerMail, composeMail } from '../../services/notification/compose-mail.ts'
import { type Contact, contactIn } from '../../services/notification/contacts.ts'
import { asking, codeByMail, insteadOf } from '../../services/notification/customer-wordings.ts'
import { formatMoney } from '../../services/notification/money.ts'
import { declined, paid, refunded } from '../../services/notification/money-wordings.ts'
import { createOrderNames } from '../../services/notification/order-names.ts'
import type { Sms } from '../../services/notification/sms.ts'
import { bodyOf } from '../../services/notification/sms-texts.ts'
import { formatTime } from '../../services/notification/times.ts'
import { cancelled, expired, received, rejected } from '../../services/notification/wordings.ts'
import type { Language } from '../../shared/customer-events.ts'
import { type DeclineReason, declineReasonOf, declineReasons } from '../../shared/decline-reasons.ts'
import type { EventData } from '../../shared/events.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { EventName } from '../../shared/routes.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { ORDER_KEY_SECRET } from '../order-key.ts'
import { SEAL_SECRET } from '../sms-rig.ts'

const NAMES = createOrderNames(
  createOrderKeys(ORDER_KEY_SECRET),
  createUnsubscribe(SEAL_SECRET),
  'https://shop.example',
)
const AT = Date.UTC(2026, 10, 22, 9, 30)
const MONEY = { number: 'OL-1042', totalCents: 123_450, currency: 'EUR' }
const CHINESE = /\p{Script=Han}/u
// What stays as it is: addresses, names of ours, of goods and of people, money, words that phones and browsers know.
const SAME = /https?:\S+|Orderline|OL-\d+|Stoneware mug|Ada|STOP|UTC|€|<[^>]*>|&\w+;|[\d.,:×+-]+/g

function message<E extends EventName>(name: E, data: EventData<E>) {
  return { id: 'm', name, subject: 'o-1', at: AT, stamp: AT, attempt: 1, data }
}

function contact(language?: Language): Contact {
  const lines = [{ sku: 'MUG-001', name: 'Stoneware mug', quantity: 1, unitPriceCents: 123_450 }]
  const customer = { name: 'Ada', email: 'ada@example.com' }
  const account = '01a20753-7f79-740f-a857-ba8f5bfbbd1d'
  const order = { ...MONEY, paymentMethod: null, payBy: AT + 1, customer, lines, account }
  return contactIn(message('order.placed', { ...order, ...(language && { language }) }))
}

function allMails(language: Language) {
  const to = contact(language)
  const about = (reason: DeclineReason, payBy: number | null) =>
    message('payment.declined', { ...MONEY, reason, payBy })
  const wordings = [
    received(to, { data: { paymentMethod: null, payBy: AT + 1 } }),
    rejected(
      to,
      message('stock.rejected', { number: 'OL-1042', missing: [{ sku: 'MUG-001', wanted: 2, available: 0 }] }),
    ),
    paid(to, message('payment.captured', { ...MONEY, chargeId: 'pi_1' })),
    ...Object.keys(declineReasons).map((reason) => declined(to, about(declineReasonOf(reason), null))),
    declined(to, about('expired_card', AT + 1)),
    expired(to),
    ...[true, false, undefined].map((wasPaid) =>
      cancelled(to, message('order.cancelled', { number: 'OL-1042', wasPaid })),
    ),
    refunded(to, message('payment.refunded', { ...MONEY, refundId: 're_1' })),
    refunded(to, message('payment.refunded', { ...MONEY, totalCents: 100, leftCents: 123_350, refundId: 're_1' })),
  ]
  const person = { name: 'Ada', email: 'ada@example.com', language }
  const head = { messageId: '<m@x>', about: 'r-1', at: AT }
  const accounts = [
    ...(['welcome', 'known', 'verify', 'reset'] as const).map((kind) => asking(kind, language)),
    codeByMail(sms(language, 'code'), '123456'),
    ...(['known', 'order'] as const).map((kind) => insteadOf(sms(language, kind))),
  ]
  return [
    ...wordings.map((wording) => composeMail(wording, to, AT, NAMES)),
    ...accounts.map((wording) => composeCustomerMail(wording, person, 'https://shop.example/account', head)),
    ...alertMails(language),
  ]
}

function alertMails(language: Language) {
  const names = createAlertNames(
    createOrderKeys(ORDER_KEY_SECRET),
    createAlertTokens(SEAL_SECRET),
    'https://shop.example',
  )
  return (['back', 'cheaper'] as const).flatMap((kind) => {
    const alert = {
      id: '01a20753-7f79-740f-a857-ba8f5bfbbd1d',
      sku: 'MUG-001',
      kind,
      email: 'ada@example.com',
      language,
    }
    const head = { messageId: '<m@x>', at: AT, link: names.shop }
    const wordings = [askingOf(alert), telling(alert, kind === 'cheaper' ? 900 : undefined)]
    return wordings.map((wording) => composeAlertMail(wording, alert, head, names))
  })
}

function sms(language: Language, kind: Sms['kind'], orderState = 'paid'): Sms {
  return {
    ...{ id: 'm', subject: 'r-1', kind, phone: '+491701234567', name: 'Ada', email: 'ada@example.com', language },
    ...{ code: null, number: 'OL-1000042', orderState, state: 'failed', sid: null, errorCode: null, reason: null },
    ...{ holder: '', attempts: 1, at: AT, lookAt: null },
  }
}

describe('every mail', () => {
  it('in Chinese has no English word left, and says which language it is', () => {
    for (const mail of allMails('zh')) {
      const body = mail.html.replace(/<style[\s\S]*?<\/style>/g, '')
      expect(mail.html).toContain('<html lang="zh">')
      for (const text of [mail.subject, mail.text, body.slice(body.indexOf('<title>'))]) {
        expect(text).toMatch(CHINESE)
        expect(text.replace(SAME, '').match(/[A-Za-z]{2,}/g)).toBeNull()
      }
    }
  })

  it('in English has no Chinese word in it', () => {
    for (const mail of allMails('en')) {
      expect(mail.html).toContain('<html lang="en">')
      for (const text of [mail.subject, mail.text, mail.html]) expect(text).not.toMatch(CHINESE)
    }
  })

  it('is in English where the order does not say, for versions before did not', () => {
    expect(contact().language).toBe('en')
    expect(contact('zh').language).toBe('zh')
  })
})

describe('an SMS', () => {
  it.each([
    ['en', 160],
    ['zh', 70],
  ] as const)('in %s fits into one of %d characters', (language, max) => {
    const orders = ['paid', 'cancelled', 'refunded', 'expired'].map((state) => sms(language, 'order', state))
    for (const one of [sms(language, 'code'), sms(language, 'known'), ...orders]) {
      const body = bodyOf(one, '123456')
      expect([body.length <= max, body]).toEqual([true, body])
      expect(CHINESE.test(body)).toBe(language === 'zh')
    }
  })
})

describe('money and times', () => {
  it('are written as their reader writes them', () => {
    expect([formatMoney(123_450, 'EUR', 'en'), formatMoney(123_450, 'EUR', 'zh')]).toEqual(['€1,234.50', '€1,234.50'])
    expect(formatMoney(500, 'CNY', 'zh')).toBe('¥5.00')
    expect(formatTime(AT, 'en')).toBe('22 November 2026 at 09:30:00 UTC')
    expect(formatTime(AT, 'zh')).toMatch(/2026年11月22日.*09:30:00/)
  })
})
