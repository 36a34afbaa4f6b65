import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { Shop } from '../shop.ts'
import { until } from '../until.ts'

const PASSWORD = 'correct horse battery staple'
const LINK = /\/account\/verify#(\S+)/
const own = { 'sec-fetch-site': 'same-origin' }
const placed = z.object({ id: z.string(), number: z.string(), key: z.string() })
const listed = z.object({ orders: z.array(placed), total: z.int() })

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open({ WITHOUT: 'sale,live,webhooks,logs' })
})
afterAll(() => shop.close())

/** The cookies that an answer sets, as a browser sends them back. */
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

async function signUp(email: string): Promise<void> {
  const answer = await shop.send('/api/accounts', { name: 'Ada', email, password: PASSWORD })
  expect(answer.status).toBe(202)
}

async function verify(email: string): Promise<void> {
  const token = await shop.inMailTo(email, LINK)
  expect((await shop.send('/api/accounts/verify', { token, password: PASSWORD }, own)).status).toBe(200)
}

async function signIn(email: string): Promise<{ cookie: string }> {
  const answer = await shop.send('/api/account/session', { email, password: PASSWORD }, own)
  expect(answer.status).toBe(200)
  return { cookie: cookiesOf(answer), ...own }
}

const order = async (email: string, headers: Record<string, string> = {}) => {
  const body = { customer: { name: 'Ada', email }, items: [{ sku: 'MUG-001', quantity: 1 }] }
  return placed.parse(await (await shop.send('/api/orders', body, headers)).json())
}
const statusOf = async (id: string, headers: Record<string, string>) =>
  (await fetch(`${shop.urlOf('order')}/api/orders/${id}`, { headers })).status
const ordersOf = async (headers: Record<string, string>) => listed.parse(await shop.get('/api/account/orders', headers))

describe('a customer of the whole shop', () => {
  const [ada, eve] = ['ada@example.com', 'eve@example.com']

  it('finds what was ordered as a guest once the address is proved, and nobody else does', async () => {
    const guest = await order(ada)
    for (const email of [ada, eve]) await signUp(email)
    await verify(eve)
    const [asAda, asEve] = [await signIn(ada), await signIn(eve)]
    expect(await ordersOf(asAda)).toEqual({ orders: [], total: 0 })

    await verify(ada)

    const { orders } = await until(async () => (await ordersOf(asAda)).total === 1 && ordersOf(asAda))
    expect(orders).toEqual([guest])
    expect([await statusOf(guest.id, asAda), await statusOf(guest.id, asEve), await statusOf(guest.id, {})]).toEqual([
      ...[200, 404, 404],
    ])
    expect((await ordersOf(asEve)).total).toBe(0)
  })

  it('orders, looks and cancels while accounts is away', async () => {
    const asAda = await signIn(ada)
    shop.kill('services/accounts/', 'SIGSTOP')
    try {
      const mine = await order(ada, asAda)

      expect((await ordersOf(asAda)).orders[0]).toEqual(mine)
      expect(await statusOf(mine.id, asAda)).toBe(200)
      expect((await shop.send(`/api/orders/${mine.id}/cancel`, {}, asAda)).status).toBe(200)
      expect(await statusOf((await order(ada)).id, {})).toBe(404)
    } finally {
      shop.kill('services/accounts/', 'SIGCONT')
    }
  })

  it('is let in no more after signing out, with the cookie of before, until the next time', async () => {
    const asAda = await signIn(ada)
    const mine = await order(ada, asAda)

    const out = await fetch(`${shop.urlOf('order')}/api/account/session`, { method: 'DELETE', headers: asAda })

    expect(out.status).toBe(204)
    await until(async () => (await statusOf(mine.id, asAda)) === 404, { what: 'order to have heard of it' })
    expect(await statusOf(mine.id, await signIn(ada))).toBe(200)
  })

  it('leaves no name when the account is deleted; what was ordered stays, for whoever has the key', async () => {
    const asAda = await signIn(ada)
    const mine = await order(ada, asAda)

    expect((await shop.send('/api/account/delete', { password: PASSWORD }, asAda)).status).toBe(204)

    const books = z.object({ orders: z.array(z.object({ id: z.string(), customer: z.object({ email: z.string() }) })) })
    const emailOf = async (id: string) =>
      books.parse(await shop.admin('orders?limit=200')).orders.find((one) => one.id === id)?.customer.email
    await until(async () => (await emailOf(mine.id)) === '', { what: 'her name to be gone' })
    expect(await statusOf(mine.id, asAda)).toBe(404)
    expect(await statusOf(mine.id, { 'order-key': mine.key })).toBe(200)
  })
})
