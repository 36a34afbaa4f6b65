import { describe, expect, it } from '@jest/globals'
import { centsIn } from '../../services/order/public/js/cents.js'
import { standingOf } from '../../services/order/public/js/order-standing.js'
import { SERVICES, stationsOf } from '../../services/order/public/js/stations.js'
import { declineReasons } from '../../shared/decline-reasons.ts'
import { eventNames, receiversOf, services, spare } from '../../shared/routes.ts'
import { isNews, senderOf } from '../../shared/senders.ts'
import { isShopEvent } from '../../shared/shop-events.ts'
import { states } from '../../shared/states.ts'
import { words as en } from '../../shared/web/public/words/en.js'
import { words as zh } from '../../shared/web/public/words/zh.js'

/** @import { Entry, Order } from '../../services/order/public/js/order.js' */

const AT = 1_795_000_000_000
const ORDER = /** @type {const} */ ({ state: 'placed', totalCents: 3_600 })

describe('how an order stands', () => {
  it('is what its last means of payment asks of its customer', () => {
    const first = [placed(), reserved('paying'), challenged(1, 'confirm')]
    const second = [...first, declined(true), tendered(2)]

    expect(standingOf(ORDER, first).challenge).toEqual({ kind: 'confirm', url: 'https://gateway.example/1' })
    expect(standingOf(ORDER, second).challenge).toBeNull()
    expect(standingOf(ORDER, [...second, challenged(2, 'hosted')]).about).toBe('about.paying.hosted')
    expect(standingOf(ORDER, [...second, challenged(2, 'hosted'), captured()]).challenge).toBeNull()
  })

  it('leads nowhere but to a page of the web', () => {
    const trap = { ...challenged(1, 'confirm'), detail: { kind: 'confirm', tender: 1, url: 'javascript:alert(1)' } }

    expect(standingOf(ORDER, [placed(), trap]).challenge).toBeNull()
  })

  it('is another thing after a decline where another card may be tried', () => {
    expect(standingOf(ORDER, [placed(), declined(true)])).toMatchObject({ canPay: true, about: 'about.declined.open' })
    expect(standingOf(ORDER, [placed(), declined(false)])).toMatchObject({ canPay: false, about: 'about.declined' })
  })

  it('tells what went back, each refund once, and what is on its way', () => {
    const paid = [placed(), reserved('paying'), captured()]
    const asked = [...paid, refundAsked('a', 1_000), refundAsked('b', 500)]
    const done = [...asked, refunded('re_1', 1_000, 'a'), refunded('re_1', 1_000, 'a')]

    expect(standingOf(ORDER, asked)).toMatchObject({ refundedCents: 0, askedCents: 1_500, about: 'about.paid' })
    expect(standingOf(ORDER, done)).toMatchObject({
      refundedCents: 1_000,
      askedCents: 500,
      about: 'about.paid.refunded',
    })
  })

  it('counts no refund that failed after it was told of, or was refused', () => {
    const paid = [placed(), reserved('paying'), captured(), refundAsked('a', 1_000), refunded('re_1', 1_000, 'a')]
    const failed = ofPayment('refundRefused', 'paid', { asked: null, cents: 1_000 })
    const named = ofPayment('refundRefused', 'paid', { asked: null, refundId: 're_1', cents: 1_000 })
    const refused = ofPayment('refundRefused', 'paid', { asked: 'b', cents: 1_000 })

    expect(standingOf(ORDER, [...paid, failed]).refundedCents).toBe(0)
    expect(standingOf(ORDER, [...paid, named]).refundedCents).toBe(0)
    expect(standingOf(ORDER, [...paid, refundAsked('b', 1_000), refused])).toMatchObject({
      refundedCents: 1_000,
      askedCents: 0,
    })
  })

  it('promises money back only where money came', () => {
    const late = ofPayment('captured', 'expired', { chargeId: 'pi_1' })

    expect(standingOf(ORDER, [placed(), expired()]).about).toBe('about.expired')
    expect(standingOf(ORDER, [placed(), expired(), late]).about).toBe('about.expired.paid')
  })
})

describe('the stations of an order', () => {
  it('are the services that an order cannot be without, in the order of the table', () => {
    expect(SERVICES).toEqual(services.filter((service) => !spare.some((one) => one === service)))
  })

  it('wait for its customer while nobody has paid, or confirmed', () => {
    expect(payment([placed(), reserved('reserved')])).toEqual({ look: 'now', key: 'station.payment.open' })
    expect(payment([placed(), reserved('paying'), challenged(1, 'confirm')]).key).toBe('station.payment.confirm')
  })

  it('show money under way, whatever was told of an earlier card', () => {
    const again = [placed(), reserved('paying'), declined(true), tendered(2)]

    expect(payment([...again])).toMatchObject({ look: 'now', key: 'station.reached' })
    expect(payment([...again], AT + 9_000)).toMatchObject({ look: 'now', key: 'station.silent', silentMs: 9_000 })
    expect(payment([...again, captured()])).toMatchObject({ look: 'done', key: 'station.payment.captured' })
  })

  it('say that the time was over, and why nothing was paid', () => {
    const untried = [placed(), reserved('reserved'), expired()]
    const refused = [placed(), reserved('paying'), declined(true), expired()]

    expect(stationsOf(ORDER, untried, 0, AT).order).toEqual({ look: 'bad', key: 'station.order.expired' })
    expect(payment(untried)).toEqual({ look: 'skipped', key: 'station.payment.unpaid' })
    expect(payment(refused)).toMatchObject({ look: 'bad', key: 'station.payment.declined' })
    expect(payment([placed(), reserved('paying'), challenged(1, 'confirm'), cancelled()]).look).toBe('skipped')
  })

  it('tell a refund in part from one of all, and a dispute by how it ends', () => {
    const paid = [placed(), reserved('paying'), captured()]
    const dispute = (/** @type {string} */ status) =>
      entry({ event: 'payment.disputed', service: 'payment', state: 'paid', detail: { status } })

    expect(payment([...paid, refunded('re_1', 600, 'a')])).toMatchObject({ key: 'station.payment.refunded.part' })
    expect(payment([...paid, dispute('opened')])).toMatchObject({ look: 'bad', key: 'station.payment.disputed.opened' })
    expect(payment([...paid, dispute('won')]).look).toBe('done')
  })
})

describe('an amount', () => {
  it.each([
    ['12', 1_200],
    ['12.5', 1_250],
    [' 0,05 ', 5],
    ['0', null],
    ['12.345', null],
    ['-3', null],
    ['1e3', null],
    ['', null],
  ])('%j is %j cents', (text, cents) => {
    expect(centsIn(text)).toBe(cents)
  })
})

describe.each([
  ['en', en],
  ['zh', zh],
])('the words in %s', (_language, words) => {
  const has = (/** @type {string[]} */ keys) => expect(keys.filter((key) => !(key in words))).toEqual([])

  it('name every state, and what it means', () => {
    has(states.flatMap((state) => [`state.${state}`, `about.${state}`]))
    has(['reserved', 'declined'].map((state) => `about.${state}.open`))
    has(['confirm', 'hosted'].map((kind) => `about.paying.${kind}`))
  })

  it('name every event of the shop', () => {
    has(eventNames.filter((event) => event !== 'webhook.due').map((event) => `event.${event}`))
  })

  it('name what each station of an order may show', () => {
    const heard = eventNames.filter((event) => isShopEvent(event) && receiversOf(event).includes('order'))
    const told = heard.filter((event) => isNews(event) || SERVICES.some((service) => service === senderOf(event)))
    const shown = told.filter((event) => !['payment.challenged', 'payment.disputed'].includes(event))
    has(shown.map((event) => `station.${isNews(event) ? '' : `${senderOf(event)}.`}${event.split('.')[1]}`))
    has(['opened', 'won', 'lost'].map((status) => `station.payment.disputed.${status}`))
    has(['open', 'confirm', 'hosted', 'unpaid', 'refunded.part'].map((key) => `station.payment.${key}`))
  })

  it('name why a payment was declined', () => {
    has(Object.keys(declineReasons).map((reason) => `reason.${reason}`))
  })
})

let seq = 0

/** @param {Partial<Entry>} parts @returns {Entry} */
function entry(parts) {
  const told = { messageId: null, attempt: null, detail: null, msSincePlaced: 0, canCancel: false, canPay: false }
  const base = {
    seq: seq++,
    event: 'order.placed',
    service: /** @type {const} */ ('order'),
    at: new Date(AT).toISOString(),
  }
  return { ...base, state: 'placed', ...told, ...parts }
}

const placed = () => entry({})
const reserved = (/** @type {'reserved' | 'paying'} */ state) =>
  entry({ event: 'stock.reserved', service: 'inventory', state, canPay: state === 'reserved' })
const tendered = (/** @type {number} */ tender) =>
  entry({ event: 'order.tendered', state: 'paying', detail: { tender } })
const challenged = (/** @type {number} */ tender, /** @type {string} */ kind) =>
  ofPayment('challenged', 'paying', { tender, kind, url: `https://gateway.example/${tender}` })
const captured = () => ofPayment('captured', 'paid', { chargeId: 'pi_1' })
const declined = (/** @type {boolean} */ canPay) => ({ ...ofPayment('declined', 'declined', { tender: 1 }), canPay })
const expired = () => entry({ event: 'order.expired', state: 'expired' })
const cancelled = () => entry({ event: 'order.cancelled', state: 'cancelled' })
const refundAsked = (/** @type {string} */ asked, /** @type {number} */ cents) =>
  entry({ event: 'order.refundAsked', state: 'paid', detail: { asked, cents } })
const refunded = (/** @type {string} */ refundId, /** @type {number} */ cents, /** @type {string} */ asked) =>
  ofPayment('refunded', 'paid', { refundId, cents, asked })

/** @param {string} what @param {Entry['state']} state @param {Entry['detail']} detail */
function ofPayment(what, state, detail) {
  return entry({ event: `payment.${what}`, service: 'payment', state, detail })
}

const payment = (/** @type {Entry[]} */ entries, now = AT) => stationsOf(ORDER, entries, 0, now).payment
