import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { openOrders } from '../../services/order/db.ts'
import { keyOf, withKey } from '../order-key.ts'
import { problemOf, useOrders, wish } from '../order-rig.ts'

const orders = useOrders()

describe('placing an order', () => {
  it('is answered with what was ordered at our prices, although Redis is away', async () => {
    const items = [
      { sku: 'MUG-001', quantity: 2 },
      { sku: ' CAP-001 ', quantity: 1, unitPriceCents: 1 },
    ]

    const answer = await orders.order({ items, totalCents: 1 })

    expect(answer.status).toBe(201)
    const { key, ...order } = z.looseObject({ id: z.string(), key: z.string() }).parse(await answer.json())
    expect(key).toBe(keyOf(order.id))
    expect(order).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      number: 'OL-1000001',
      state: 'placed',
      totalCents: 6_000,
      currency: 'EUR',
      items: [
        { sku: 'MUG-001', name: 'Stoneware mug', quantity: 2, unitPriceCents: 1_800 },
        { sku: 'CAP-001', name: 'Canvas cap', quantity: 1, unitPriceCents: 2_400 },
      ],
      placedAt: expect.stringMatching(/Z$/),
      payBy: expect.stringMatching(/Z$/),
      refundedCents: 0,
      sale: null,
    })
    expect(await (await orders.get(answer.headers.get('location') ?? '', withKey(order.id))).json()).toMatchObject(
      order,
    )
  })

  it('is there after a restart, and the numbers go on', async () => {
    const id = await orders.place()

    await orders.shutDown()
    await orders.boot()

    expect(await orders.story(id)).toMatchObject({ number: 'OL-1000001', state: 'placed' })
    expect((await orders.story(await orders.place())).number).toBe('OL-1000002')
  })

  it('three hundred at once are three hundred orders, each with a number of its own', async () => {
    const ids = await Promise.all(Array.from({ length: 300 }, () => orders.place()))

    const stories = await Promise.all(ids.map((id) => orders.story(id)))
    expect(new Set(stories.map(({ number }) => number)).size).toBe(300)
    expect(stories.map(({ timeline }) => timeline.length)).toEqual(ids.map(() => 1))
  })

  it('leaves one message to each that hears of it, with the trace it came with', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    await orders.order({}, { traceparent })
    await orders.order({}, { traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01' })
    await orders.shutDown()

    expect(await outbox()).toEqual([
      ['inventory', 'OL-1000001', traceparent],
      ['notification', 'OL-1000001', traceparent],
      ['inventory', 'OL-1000002', null],
      ['notification', 'OL-1000002', null],
    ])
  })
})

describe('an order that is not right', () => {
  const mug = { sku: 'MUG-001', quantity: 1 }
  const customer = { name: 'Ada', email: 'ada@example.com' }

  it.each<[string, object, string[]]>([
    ['no customer', { customer: undefined }, ['customer']],
    ['a blank name', { customer: { ...customer, name: '  ' } }, ['customer.name']],
    ['a name with a line break', { customer: { ...customer, name: 'Ada\r\nBcc: x@y.z' } }, ['customer.name']],
    ['an endless name', { customer: { ...customer, name: 'x'.repeat(101) } }, ['customer.name']],
    ['half a character in the name', { customer: { ...customer, name: 'A\ud800' } }, ['customer.name']],
    ['no address', { customer: { ...customer, email: 'ada' } }, ['customer.email']],
    ['an endless address', { customer: { ...customer, email: `${'a'.repeat(100)}@b.cd` } }, ['customer.email']],
    ['two addresses', { customer: { ...customer, email: 'a@b.cd, e@f.gh' } }, ['customer.email']],
    ['words for a phone', { customer: { ...customer, phone: 'call me' } }, ['customer.phone']],
    ['nothing in it', { items: [] }, ['items']],
    ['too many things', { items: Array.from({ length: 51 }, (_, i) => ({ ...mug, sku: `S${i}` })) }, ['items']],
    ['no quantity', { items: [mug, { sku: 'CAP-001', quantity: 0 }] }, ['items.1.quantity']],
    ['half a mug', { items: [{ ...mug, quantity: 0.5 }] }, ['items.0.quantity']],
    ['a lorry of mugs', { items: [{ ...mug, quantity: 101 }] }, ['items.0.quantity']],
    ['the same twice', { items: [mug, { ...mug, sku: ' MUG-001' }] }, ['items.1.sku']],
    [
      'what we do not sell',
      { items: [mug, { ...mug, sku: 'X-1' }, { ...mug, sku: 'X-2' }] },
      ['items.1.sku', 'items.2.sku'],
    ],
    ['a card number', { payment: { method: '4242424242424242' } }, ['payment.method']],
    ['several faults', { payment: {}, items: 'mug' }, ['items', 'payment.method']],
  ])('%s: is refused, naming the field', async (_what, parts, fields) => {
    const problem = await problemOf(await orders.order(parts))

    expect(problem).toMatchObject({ status: 422, fields })
  })

  it('no JSON, no object, or far too much: each is refused in its own way', async () => {
    const headers = { 'content-type': 'application/json' }
    const send = (body: string) => fetch(`${orders.url}/api/orders`, { method: 'POST', headers, body })

    expect(await problemOf(await send('{"customer":'))).toMatchObject({ status: 400, fields: ['body'] })
    expect(await problemOf(await send('[]'))).toMatchObject({ status: 422, fields: ['body'] })
    expect(await problemOf(await orders.post('/api/orders'))).toMatchObject({ status: 422 })
    expect(await problemOf(await send(JSON.stringify(wish({ x: 'x'.repeat(70_000) }))))).toMatchObject({ status: 413 })
  })

  it('what pretends to be a list, with a length that cannot be compared, is refused too', async () => {
    const items = { length: { toString: [] } }

    expect(await problemOf(await orders.order({ items }))).toMatchObject({ status: 422, fields: ['body'] })
  })

  it('a body that never says its length is refused as soon as it is too large', async () => {
    const body = new Blob([' '.repeat(200_000)]).stream()
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' } as const
    expect(await problemOf(await fetch(`${orders.url}/api/orders`, init))).toMatchObject({ status: 413 })
  })

  it.each([
    ['encoding', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    ['charset', { 'content-type': 'application/json; charset=utf-16' }],
  ])('JSON in an unknown %s is refused before it is read', async (_what, headers) => {
    const answer = await fetch(`${orders.url}/api/orders`, { method: 'POST', headers, body: '{}' })
    expect(await problemOf(answer)).toMatchObject({ status: 415 })
  })

  it('an address in any script is written to in letters that every mail server reads', async () => {
    await orders.place({ customer: { ...customer, email: 'user@münchen.de' } })
    await orders.shutDown()

    const [message] = await eventData()
    expect(JSON.parse(message ?? '')).toMatchObject({ customer: { email: 'user@xn--mnchen-3ya.de' } })
  })

  it('names in any script are welcome', async () => {
    for (const name of ['Łukasz Żółć', '李小龍', 'Zoë 👩‍💻', "O'Neil <b>"])
      expect((await orders.order({ customer: { ...customer, name } })).status).toBe(201)
  })
})

describe('what is not there', () => {
  it('an order nobody placed and a page nobody wrote are 404', async () => {
    expect(await problemOf(await orders.get('/api/orders/0'))).toMatchObject({ status: 404, title: 'Not found' })
    expect(await problemOf(await orders.get("/api/orders/'%20OR%201=1"))).toMatchObject({ status: 404 })
    expect(await problemOf(await orders.get('/api/orders/0/events'))).toMatchObject({ status: 404 })
    expect(await problemOf(await orders.cancel('0'))).toMatchObject({ status: 404 })
    expect(await problemOf(await orders.get('/nothing'))).toMatchObject({ status: 404 })
  })
})

async function outbox(): Promise<[string, string, string | null][]> {
  const db = await openOrders(orders.folder)
  const rows = await db.read.outbox.findMany({ orderBy: { queue: 'asc' } })
  const events = new Map((await db.read.event.findMany()).map((event) => [event.seq, event]))
  await db.close()
  const told = rows.map(({ queue, event }): [string, string, string | null] => {
    const { data = '{}', traceparent = null } = events.get(event) ?? {}
    return [queue, JSON.parse(data).number, traceparent]
  })
  return told.sort(([, a], [, b]) => a.localeCompare(b))
}

async function eventData(): Promise<string[]> {
  const db = await openOrders(orders.folder)
  const rows = await db.read.event.findMany({ select: { data: true } })
  await db.close()
  return rows.map(({ data }) => data)
}
