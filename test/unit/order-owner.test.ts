import { beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { openOrders } from '../../services/order/db.ts'
import { keyedAnswer, placedAnswer } from '../../services/order/order-answer.ts'
import { sessionOf, withSession } from '../customer-session.ts'
import { keyOf, withKey } from '../order-key.ts'
import { problemOf, useOrders, wish } from '../order-rig.ts'

const orders = useOrders()
const [ada, eve] = [uuidv7(), uuidv7()]
const asAda = () => withSession(sessionOf(ada))
const asEve = () => withSession(sessionOf(eve))

const page = z.object({ orders: z.array(keyedAnswer), next: z.int().nullable(), total: z.int() })
const listed = async (headers: Record<string, string>, query = '') =>
  page.parse(await (await orders.get(`/api/account/orders${query}`, headers)).json())

const placedBy = async (headers: Record<string, string>, parts: object = {}) =>
  placedAnswer.parse(await (await orders.order(parts, headers)).json()).id

/** What was told of an order when it was placed, as it is on disk. */
async function toldOf(id: string): Promise<Record<string, unknown>> {
  const db = await openOrders(orders.folder)
  const [event] = await db.read.event.findMany({ where: { subject: id, name: 'order.placed' } })
  const row = await db.read.order.findUnique({ where: { id } })
  await db.close()
  const { account, language } = JSON.parse(event?.data ?? '{}')
  return { account, language, row: row && { account: row.account, language: row.language, mailbox: row.mailbox } }
}

describe('an order', () => {
  it('belongs to whoever is signed in when it is placed, and its event says so', async () => {
    const id = await placedBy(asAda(), { customer: { name: 'Ada', email: 'Ada+mugs@Example.com' } })

    expect(await toldOf(id)).toMatchObject({ account: ada, row: { account: ada, mailbox: 'ada@example.com' } })
  })

  it('of a guest belongs to nobody', async () => {
    const id = await orders.place()

    expect(await toldOf(id)).toEqual({
      ...{ account: undefined, language: 'en' },
      row: { account: null, language: 'en', mailbox: 'ada@example.com' },
    })
  })

  it.each([
    ['is over', withSession(sessionOf(ada, { until: Date.now() - 1 }))],
    ['was signed by somebody else', withSession(sessionOf(ada), 'x'.repeat(32))],
    ['was changed', { cookie: asAda().cookie.replace(ada, eve) }],
  ])('of a session that %s is a guest’s', async (_what, headers) => {
    expect(await toldOf(await placedBy(headers))).toMatchObject({ row: { account: null } })
  })

  it('is not placed in anyone’s name by another site’s page', async () => {
    const answer = await orders.order({}, { ...asAda(), 'sec-fetch-site': 'cross-site' })

    expect((await problemOf(answer)).status).toBe(403)
    expect(await listed(asAda())).toEqual({ orders: [], next: null, total: 0 })
  })

  it.each([
    ['what it says itself', { language: 'zh' }, { 'accept-language': 'en' }, 'zh'],
    ['what its browser would rather have', {}, { 'accept-language': 'fr, zh-CN;q=0.8, en;q=0.5' }, 'zh'],
    ['English, where that is nothing we have', {}, { 'accept-language': 'fr' }, 'en'],
    ['English, where nothing is said', {}, {}, 'en'],
  ])('is written about in %s', async (_what, parts, headers, language) => {
    const id = await placedBy({ ...headers } as Record<string, string>, parts)

    expect(await toldOf(id)).toMatchObject({ language, row: { language } })
  })

  it('in a language that nobody here writes is refused', async () => {
    expect((await problemOf(await orders.order({ language: 'fr' }))).fields).toEqual(['language'])
  })

  it('is told again to whoever repeats the request, and to nobody else who has heard of its Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'k' }
    const id = await placedBy({ ...asAda(), ...key })

    expect(await placedBy({ ...asAda(), ...key })).toBe(id) // with another token of hers
    for (const headers of [key, { ...asEve(), ...key }])
      expect((await problemOf(await orders.order({}, headers))).status).toBe(422)
  })
})

describe('the orders of an account', () => {
  it('are listed for whoever is signed in, newest first, each with the key that opens it', async () => {
    const mine = [await placedBy(asAda()), await placedBy(asAda())]
    await placedBy(asEve())
    await orders.place()

    const { orders: found, total, next } = await listed(asAda())

    expect(found.map(({ id }) => id)).toEqual(mine.toReversed())
    expect(found.map(({ key }) => key)).toEqual(mine.toReversed().map((id) => keyOf(id)))
    expect(found[0]).toMatchObject({ state: 'placed', totalCents: 3_600, items: [{ sku: 'MUG-001', quantity: 2 }] })
    expect([total, next]).toEqual([2, null])
  })

  it('come page by page', async () => {
    const mine: string[] = []
    for (let i = 0; i < 5; i++) mine.unshift(await placedBy(i === 2 ? asEve() : asAda()))
    mine.splice(2, 1)

    const first = await listed(asAda(), '?limit=2')
    const second = await listed(asAda(), `?limit=2&before=${first.next}`)
    const third = await listed(asAda(), `?limit=2&before=${second.next}`)

    expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(mine)
    expect([first.total, second.total, third]).toEqual([4, 4, { orders: [], next: null, total: 4 }])
  })

  it.each(['?limit=0', '?limit=101', '?before=x'])('are not listed by %s', async (query) => {
    expect((await problemOf(await orders.get(`/api/account/orders${query}`, asAda()))).status).toBe(422)
  })

  it('are nobody’s business: not of guests, of another’s session, of a key', async () => {
    const id = await placedBy(asAda())

    const strangers: Record<string, string>[] = [{}, withKey(id), { cookie: 'orderline_00000000=x' }]
    for (const headers of strangers)
      expect((await problemOf(await orders.get('/api/account/orders', headers))).status).toBe(401)
    expect(await listed(asEve())).toEqual({ orders: [], next: null, total: 0 })
  })
})

describe('without SESSION_SECRET', () => {
  beforeEach(async () => {
    await orders.shutDown()
    await orders.boot({ SESSION_SECRET: undefined })
  })

  it('all are guests, whatever they show', async () => {
    expect(await toldOf(await placedBy(asAda()))).toMatchObject({ row: { account: null } })
    expect((await problemOf(await orders.get('/api/account/orders', asAda()))).status).toBe(401)
    expect((await orders.post('/api/orders', wish())).status).toBe(201)
  })
})
