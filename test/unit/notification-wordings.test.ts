import { describe, expect, it } from '@jest/globals'
import { composeMail, type Mail } from '../../services/notification/compose-mail.ts'
import { type Contact, contactIn } from '../../services/notification/contacts.ts'
import { formatMoney } from '../../services/notification/money.ts'
import { declined, paid, refunded } from '../../services/notification/money-wordings.ts'
import { createOrderNames } from '../../services/notification/order-names.ts'
import type { OrderKind, Wording } from '../../services/notification/wording.ts'
import { cancelled, expired, received, rejected } from '../../services/notification/wordings.ts'
import { type DeclineReason, declineReasonOf } from '../../shared/decline-reasons.ts'
import type { EventData, Message } from '../../shared/events.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { EventName, HeardBy } from '../../shared/routes.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { keyOf, ORDER_KEY_SECRET } from '../order-key.ts'
import { SEAL_SECRET } from '../sms-rig.ts'

type Heard = HeardBy<'notification'>

const NAMES = createOrderNames(
  createOrderKeys(ORDER_KEY_SECRET),
  createUnsubscribe(SEAL_SECRET),
  'https://shop.example',
)
const AT = Date.UTC(2026, 10, 22, 9, 30)
const NUMBER = 'OL-1042'
const MONEY = { totalCents: 7_550, currency: 'EUR' }
const placed: EventData<'order.placed'> = {
  number: NUMBER,
  ...MONEY,
  paymentMethod: 'pm_card_visa',
  payBy: null,
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  lines: [
    { sku: 'MUG-001', name: 'Stoneware mug', quantity: 2, unitPriceCents: 1_800 },
    { sku: 'BTL-001', name: 'Bottle & lid', quantity: 1, unitPriceCents: 3_950 },
  ],
}
const ada = contactIn(message('order.placed', placed))
type OfOrders = Extract<Heard, `${'order' | 'payment'}.${string}` | 'stock.rejected'>
const PAY_BY = AT + 30 * 60_000

const wordings: Record<OfOrders, Wording<OrderKind>> = {
  'order.placed': received(ada, message('order.placed', placed)),
  'payment.captured': paid(ada, message('payment.captured', { number: NUMBER, ...MONEY, chargeId: 'ch_1' })),
  'stock.rejected': rejected(
    ada,
    message('stock.rejected', { number: NUMBER, missing: [{ sku: 'MUG-001', wanted: 2, available: 1 }] }),
  ),
  'payment.declined': declined(ada, declinedBecause('insufficient_funds')),
  'order.expired': expired(ada),
  'order.cancelled': cancelled(ada, cancelledWhen(false)),
  'payment.refunded': refunded(ada, message('payment.refunded', { number: NUMBER, ...MONEY, refundId: 're_1' })),
}

describe('every mail', () => {
  it.each(Object.entries(wordings))(
    'on %s names the order and the customer in text and HTML, and links to it',
    (_, wording) => {
      const mail = mailOf(wording)

      expect(mail.subject).toContain(NUMBER)
      for (const body of [mail.text, mail.html]) {
        expect(body).toContain('Hello Ada Lovelace,')
        expect(body).toContain(`Order ${NUMBER}`)
        expect(body).toContain(`https://shop.example/orders/o-1#${keyOf('o-1')}`)
      }
    },
  )

  it('says the same in text as in HTML', () => {
    for (const wording of Object.values(wordings)) {
      const { text, html } = mailOf(wording)
      for (const paragraph of wording.paragraphs) {
        expect(text).toContain(paragraph)
        expect(html).toContain(paragraph)
      }
    }
  })

  it('has a Message-ID that is the same for every copy, and another one for every kind', () => {
    const ids = Object.values(wordings).map((wording) => mailOf(wording).messageId)

    expect(mailOf(wordings['order.placed']).messageId).toMatch(/^<[\w-]{22}\.received@orderline\.example>$/)
    for (const told of ['o-1', keyOf('o-1')]) expect(ids.join()).not.toContain(told)
    expect(new Set(ids).size).toBe(7)
    expect(Object.values(wordings).map((wording) => mailOf(wording).messageId)).toEqual(ids)
  })
})

describe('what a mail tells', () => {
  it('a paid order is told with its lines and the total that was charged', () => {
    const { text, html } = mailOf(wordings['payment.captured'])

    expect(text).toMatch(/^2 × Stoneware mug \.+ €36\.00$/m)
    expect(text).toMatch(/^1 × Bottle & lid \.+ €39\.50$/m)
    expect(text).toMatch(/^Total paid \.+ €75\.50$/m)
    for (const part of ['Stoneware mug', 'Bottle &amp; lid', '2 × €18.00', '€36.00', 'Total paid', '€75.50'])
      expect(html).toContain(part)
  })

  it('a rejected order is told by the names of what is missing, and that nothing was charged', () => {
    const { text } = mailOf(wordings['stock.rejected'])

    expect(text).toContain('Stoneware mug: you ordered 2, 1 left in stock.')
    expect(text).toContain('You have not been charged.')
    expect(text).not.toContain('Bottle')
  })

  it('a declined payment is told with its reason, unless the reason is none of the mail’s business', () => {
    expect(mailOf(wordings['payment.declined']).text).toContain('There was not enough money')
    const stolen = mailOf(declined(ada, declinedBecause(declineReasonOf('stolen_card'))))
    expect(stolen.text).toContain('Your bank or card issuer declined the payment.')
    expect(stolen.text + stolen.html).not.toContain('stolen')
    expect(mailOf(declined(ada, declinedBecause(declineReasonOf('constructor')))).text).toContain(
      'Your bank or card issuer',
    )
  })

  it('a cancel promises money to those who have paid, and to no one else', () => {
    const said = (wasPaid: boolean | undefined) => mailOf(cancelled(ada, cancelledWhen(wasPaid))).text

    expect(said(true)).toContain('We refund the whole amount and write to you when that is done.')
    expect(said(false)).toContain('You had not paid yet.')
    expect(said(false)).not.toContain('whole amount')
    expect(said(undefined)).toContain('If you had paid already')
  })

  it('a refund is told with the amount that was refunded', () => {
    expect(mailOf(wordings['payment.refunded']).text).toMatch(/^Refunded \.+ €75\.50$/m)
  })

  it('a refund of a part is told with how much of what', () => {
    const part = { number: NUMBER, totalCents: 1_000, currency: 'EUR', refundId: 're_1', leftCents: 6_550 }
    const { subject, text } = mailOf(refunded(ada, message('payment.refunded', part)))

    expect(subject).toBe(`A part of your order ${NUMBER} is refunded`)
    expect(text).toContain('We have refunded €10.00 of €75.50.')
    expect(text).toMatch(/^Refunded \.+ €10\.00$/m)
  })

  it.each([null, 'hosted'])(
    'an order paid by %s is told until when it can be paid, and invites to',
    (paymentMethod) => {
      const { text, html } = mailOf(received(ada, message('order.placed', { ...placed, paymentMethod, payBy: PAY_BY })))

      expect(text).toContain('They are yours until 22 November 2026 at 10:00:00 UTC: please pay by then.')
      expect(text).toContain(`Pay now:\nhttps://shop.example/orders/o-1#${keyOf('o-1')}`)
      expect(html).toContain('>Pay now</a>')
    },
  )

  it('an order that came with its card asks for nothing', () => {
    const { text } = mailOf(received(ada, message('order.placed', { ...placed, payBy: PAY_BY })))

    expect(text).not.toMatch(/please pay|Pay now|UTC/)
  })

  it('a declined payment invites to try another card while there is time, and not after it', () => {
    const said = (payBy: number | null) =>
      mailOf(declined(ada, message('payment.declined', { ...declinedBecause('expired_card').data, payBy }))).text

    expect(said(PAY_BY)).toContain('please try another card until 22 November 2026 at 10:00:00 UTC.')
    expect(said(PAY_BY)).toContain(`Try another card:\nhttps://shop.example/orders/o-1#`)
    expect(said(PAY_BY)).not.toContain('release')
    for (const payBy of [AT, null]) expect(said(payBy)).toContain('we release the goods we had set aside')
  })
})

describe('what whoever bought in a sale is told', () => {
  const inSale = { ...placed, paymentMethod: null, payBy: PAY_BY, sale: 's' }
  const [winner, reader] = [contactIn(message('order.placed', inSale)), { ...ada, language: 'zh' as const, sale: 's' }]
  const bodyOf = (wording: Wording<OrderKind>, contact: Contact) => mailOf(wording, contact).text

  it('is that it is their turn, until when the unit is theirs, and where to pay', () => {
    const { subject, text } = mailOf(received(winner, message('order.placed', inSale)), winner)

    expect(subject).toBe(`It is your turn: pay your order ${NUMBER}`)
    expect(text).toContain('One unit of the sale is set aside for you')
    expect(text).toContain('until 22 November 2026 at 10:00:00 UTC: please pay by then, or it is offered to somebody')
    expect(text).toContain(`Pay now:\nhttps://shop.example/orders/o-1#${keyOf('o-1')}`)
    expect(mailOf(received(reader, message('order.placed', inSale)), reader).subject).toContain('轮到您了')
  })

  it('is not to order again, when they did not pay in time', () => {
    expect(bodyOf(expired(winner), winner)).toContain('free for somebody else now')
    expect(bodyOf(expired(winner), winner)).not.toContain('order again')
    expect(bodyOf(expired(reader), reader)).not.toContain('再次订购')
  })

  it('is not that we pack what their group may still lose', () => {
    const captured = message('payment.captured', { number: NUMBER, ...MONEY, chargeId: 'ch_1' })

    for (const buyer of [winner, reader]) expect(bodyOf(paid(buyer, captured), buyer)).not.toMatch(/packing|打包/)
  })

  it('is that their group did not come together, and what becomes of their money', () => {
    const called = (wasPaid: boolean) =>
      message('order.cancelled', { number: NUMBER, wasPaid, sale: 's', because: 'groupFailed' })

    const text = bodyOf(cancelled(winner, called(true)), winner)
    expect(text).toContain('Too few have bought before the end of the group offer')
    expect(text).toContain('We refund the whole amount and write to you when that is done.')
    expect(text).not.toContain('As you asked')
    expect(bodyOf(cancelled(winner, called(false)), winner)).toContain('You had not paid yet.')
    expect(bodyOf(cancelled(reader, called(true)), reader)).toContain('未能成团')
    expect(bodyOf(cancelled(winner, cancelledWhen(false)), winner)).toContain('As you asked')
  })
})

describe('names', () => {
  it('markup in the names of customers and products is shown, not obeyed', () => {
    const evil = `<script>alert("1")</script> & 'Sons'`
    const customer = { name: evil, email: 'eve@example.com' }
    const lines = [{ sku: 'X', name: '<img src=x onerror=a()>', quantity: 1, unitPriceCents: 1 }]
    const contact = contactIn(message('order.placed', { ...placed, customer, lines }))

    const { html, text } = mailOf(received(contact, message('order.placed', placed)), contact)

    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Sons&#39;')
    expect(html).toContain('&lt;img src=x onerror=a()&gt;')
    expect(html).not.toMatch(/<script|<img/)
    expect(text).toContain(`Hello ${evil},`)
  })

  it.each([
    ['Ada\r\nBcc: all@example.com', 'Ada Bcc: all@example.com'],
    ['Ada\n\nYour account is locked', 'Ada Your account is locked'],
    ['Ada\u2028Lovelace\u0000\t', 'Ada Lovelace'],
    ['\u202Eada', 'ada'],
    [' \u202E\n', 'customer'],
    ['half \ud83d a face', 'half a face'],
    ['Zoë “الله” 李 👩‍💻', 'Zoë “الله” 李 👩‍💻'],
  ])('the name %j is shown on one line as %j', (given, shown) => {
    const customer = { name: given, email: 'ada@example.com' }
    expect(contactIn(message('order.placed', { ...placed, customer })).name).toBe(shown)
  })

  it('a name that is a text of its own is cut', () => {
    const customer = { name: 'Visit evil.example now! '.repeat(50), email: 'ada@example.com' }
    expect([...contactIn(message('order.placed', { ...placed, customer })).name]).toHaveLength(80)
  })
})

describe('money', () => {
  it.each([
    [0, 'EUR', '€0.00'],
    [5, 'EUR', '€0.05'],
    [1_234_567, 'USD', '$12,345.67'],
    [1_999, 'GBP', '£19.99'],
    [500, 'JPY', '¥500'],
    [999_999_999_999, 'EUR', '€9,999,999,999.99'],
  ])('%d of the smallest unit of %s is %s', (cents, currency, shown) => {
    expect(formatMoney(cents, currency, 'en')).toBe(shown)
  })
})

function mailOf(wording: Wording<OrderKind>, contact: Contact = ada): Mail {
  return composeMail(wording, contact, AT, NAMES)
}

function cancelledWhen(wasPaid: boolean | undefined): Message<'order.cancelled'> {
  return message('order.cancelled', { number: NUMBER, wasPaid })
}

function declinedBecause(reason: DeclineReason): Message<'payment.declined'> {
  return message('payment.declined', { number: NUMBER, ...MONEY, reason })
}

function message<E extends EventName>(name: E, data: EventData<E>) {
  return { id: `m-${name}`, name, subject: 'o-1', at: AT, stamp: AT, attempt: 1, data }
}
