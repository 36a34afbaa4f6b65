import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { canCancel } from '../../services/order/order.ts'
import { whyNotPay } from '../../services/order/payable.ts'
import { states } from '../../shared/states.ts'
import { Problem } from '../../shared/web/problem.ts'
import { inLanguage } from '../../shared/web/problem-language.ts'
import { sessionOf, withSession } from '../customer-session.ts'
import { withKey } from '../order-key.ts'
import { problemOf, TOKEN, useOrders, wish } from '../order-rig.ts'

const orders = useOrders({ RATE_LIMITS: 'on' })
const zh = { 'accept-language': 'zh-CN, en;q=0.5' }
const customer = (parts: object) => wish({ customer: { name: 'Ada', email: 'ada@example.com', ...parts } })
const items = (...some: object[]) => wish({ items: some })
const signedIn = () => withSession(sessionOf(uuidv7()))
const admin = { authorization: `Bearer ${TOKEN}` }

/** Requests that are refused, each for a reason of its own. */
const refused: [what: string, ask: () => Promise<Response>][] = [
  ['no body', () => orders.post('/api/orders', undefined, zh)],
  ['nothing in it', () => orders.post('/api/orders', {}, zh)],
  ['no name', () => orders.post('/api/orders', customer({ name: ' ' }), zh)],
  ['a name that is none', () => orders.post('/api/orders', customer({ name: 'buy at www.example.com' }), zh)],
  ['a name with a bell', () => orders.post('/api/orders', customer({ name: 'A\u0007da' }), zh)],
  ['no address', () => orders.post('/api/orders', customer({ email: 'ada' }), zh)],
  ['an endless address', () => orders.post('/api/orders', customer({ email: `${'a'.repeat(65)}@example.com` }), zh)],
  ['no phone number', () => orders.post('/api/orders', customer({ phone: 'none' }), zh)],
  ['no items', () => orders.post('/api/orders', items(), zh)],
  ['too many items', () => orders.post('/api/orders', items(...Array(51).fill({ sku: 'x', quantity: 1 })), zh)],
  ['nothing of something', () => orders.post('/api/orders', items({ sku: 'MUG-001', quantity: 0 }), zh)],
  ['too much of it', () => orders.post('/api/orders', items({ sku: 'MUG-001', quantity: 101 }), zh)],
  ['half of it', () => orders.post('/api/orders', items({ sku: 'MUG-001', quantity: 0.5 }), zh)],
  ['what is not sold', () => orders.post('/api/orders', items({ sku: 'NO-1', quantity: 1 }), zh)],
  ['the same twice', () => orders.post('/api/orders', items(...Array(2).fill({ sku: 'MUG-001', quantity: 1 })), zh)],
  ['no card', () => orders.post('/api/orders', wish({ payment: { method: 'cash' } }), zh)],
  ['no language of ours', () => orders.post('/api/orders', wish({ language: 'fr' }), zh)],
  ['a key that is none', () => orders.post('/api/orders', wish(), { ...zh, 'idempotency-key': 'a b' })],
  ['no JSON', () => fetch(`${orders.url}/api/orders`, { method: 'POST', headers: zh, body: 'x' })],
  ['another site', () => orders.post('/api/orders', wish(), { ...zh, ...signedIn(), 'sec-fetch-site': 'cross-site' })],
  ['an order that is not there', () => orders.get(`/api/orders/${uuidv7()}`, zh)],
  ['nobody signed in', () => orders.get('/api/account/orders', zh)],
  ['no page', () => orders.get('/api/account/orders?limit=0', { ...zh, ...signedIn() })],
  ['no admin', () => orders.get('/api/admin/orders', zh)],
  ['a path that leads nowhere', () => orders.get('/api/orders/a/b', zh)],
  ['a method that does not go', () => fetch(`${orders.url}/api/orders`, { method: 'DELETE', headers: zh })],
  ['money that was never paid', () => orders.place().then((id) => refund(id, {}))],
  ['no refund at all', () => orders.place().then((id) => refund(id, { amountCents: 0 }))],
  ['a payment too early', () => orders.place().then((id) => orders.pay(id, 'pm_card_visa', zh))],
  [
    'a second cancel',
    async () => {
      const id = await orders.place()
      await orders.cancel(id)
      return orders.post(`/api/orders/${id}/cancel`, undefined, { ...zh, ...withKey(id) })
    },
  ],
  [
    'too much',
    async () => {
      for (let i = 0; i < 10; i++) await orders.order()
      return orders.order({}, zh)
    },
  ],
]

const refund = (id: string, body: object) => orders.adminPost(`orders/${id}/refunds`, body, { ...zh, ...admin })

describe('whoever would rather read Chinese', () => {
  it.each(refused)('is refused in Chinese: %s', async (_what, ask) => {
    const answer = await ask()
    const { title, detail, errors = [] } = await problemOf(answer)

    expect(answer.headers.get('content-language')).toBe('zh')
    for (const text of [title, detail, ...errors.map(({ message }) => message)]) expect(text).toMatch(/\p{Script=Han}/u)
  })

  it.each(states)('is told in Chinese why an order that is %s is not paid or cancelled any more', (state) => {
    const whys = [
      whyNotPay({ state, payBy: 1, sale: null }, 2),
      whyNotPay({ state, payBy: 1, sale: 's' }, 2),
      canCancel(state) ? null : `An order that is ${state} cannot be cancelled any more.`,
    ]
    for (const why of whys.filter((one) => one !== null))
      expect(inLanguage(new Problem(409, 'Conflict', why), 'zh').message).toMatch(
        /^[^a-z]*(?:\d{4}-[\dT:.-]+Z)?[^a-z]*$/,
      )
  })
})

describe('whoever would rather read something else', () => {
  it.each([{}, { 'accept-language': 'en' }, { 'accept-language': 'fr' }])(
    'is refused in English: %j',
    async (headers) => {
      const { title } = await problemOf(await orders.get(`/api/orders/${uuidv7()}`, headers as Record<string, string>))
      expect(title).toBe('Not found')
    },
  )
})
