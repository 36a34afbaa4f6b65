import { describe, expect, it } from '@jest/globals'
import { call } from '../calls.ts'
import { problemOf, TOKEN, useOrders } from '../order-rig.ts'

const orders = useOrders()
const bearer = { authorization: `Bearer ${TOKEN}` }

const read = async (path: string) => Object(await (await orders.admin(path)).json())

describe('the list of orders', () => {
  it('needs the token', async () => {
    expect((await orders.get('/api/admin/orders')).status).toBe(401)
    expect((await orders.get('/api/admin/orders', { authorization: 'Bearer guess' })).status).toBe(401)
    expect((await orders.admin('orders')).status).toBe(200)
  })

  it('is newest first, page by page, with counts by state', async () => {
    const ids: string[] = []
    for (let i = 0; i < 5; i++) ids.push(await orders.place())
    await orders.cancel(ids[2] ?? '')

    const first = await read('orders?limit=2')
    const second = await read(`orders?limit=2&before=${first.next}`)
    const third = await read(`orders?limit=2&before=${second.next}`)

    const seen = [first, second, third].flatMap((page) => page.orders.map(({ id }: { id: string }) => id))
    expect(seen).toEqual(ids.reverse())
    expect(third.next).toBeNull()
    expect(first.counts).toEqual({
      placed: 4,
      reserved: 0,
      paying: 0,
      paid: 0,
      rejected: 0,
      declined: 0,
      expired: 0,
      cancelled: 1,
      refunded: 0,
    })
    expect(first.orders[0].customer).toEqual({ name: 'Ada Lovelace', email: 'ada@example.com', phone: null })
  })

  it('can be narrowed to one state', async () => {
    const id = await orders.place()
    await orders.place()
    await orders.cancel(id)

    expect((await read('orders?state=cancelled')).orders).toMatchObject([{ id, state: 'cancelled' }])
  })

  it('can be had as a table, in which no name is a formula, and of more orders than as JSON', async () => {
    await orders.place({ customer: { name: '=SUM(A1)', email: 'ada@example.com' } })

    const table = await orders.admin('orders?format=csv&limit=5000')
    const accepted = await orders.get('/api/admin/orders', { ...bearer, accept: 'text/csv' })

    expect(table.headers.get('content-type')).toContain('text/csv')
    const [headings, row] = (await table.text()).split('\r\n')
    expect(headings).toBe('number,id,state,placedAt,payBy,totalCents,refundedCents,currency,name,email,phone,sale')
    expect(row).toMatch(/^OL-1000001,.*,3600,0,EUR,'=SUM\(A1\),ada@example\.com,,$/)
    expect(accepted.headers.get('content-type')).toContain('text/csv')
    expect(await problemOf(await orders.admin('orders?limit=201'))).toMatchObject({ status: 422, fields: ['limit'] })
  })

  it('says which part of a question makes no sense', async () => {
    expect(await problemOf(await orders.admin('orders?state=lost&limit=0&before=x'))).toMatchObject({
      status: 422,
      fields: ['state', 'before', 'limit'],
    })
  })
})

describe('the books of order', () => {
  it.each(['orders', 'timeline'])('are told to programs of ours only, and to no person: %s', async (path) => {
    expect((await orders.get(`/ops/${path}`)).status).toBe(401)
    expect((await orders.get(`/ops/${path}`, bearer)).status).toBe(401)
    expect((await call(orders.url, `/ops/${path}`)).status).toBe(200)
  })

  it('tell what was placed and paid since they were asked last', async () => {
    await orders.place()
    const since = async (query: string) => (await call(orders.url, `/ops/timeline${query}`)).json()
    const [entry] = Object(await since(''))

    await orders.place()

    expect(entry).toMatchObject({ event: 'order.placed', ms: 0 })
    expect(await since(`?after=${entry.seq}`)).toEqual([{ ...entry, seq: expect.any(Number), at: expect.any(Number) }])
    expect(Object(await (await call(orders.url, '/ops/orders?limit=1')).json())).toMatchObject({
      orders: [{ number: 'OL-1000002', state: 'placed', customerName: 'Ada Lovelace' }],
    })
  })
})
