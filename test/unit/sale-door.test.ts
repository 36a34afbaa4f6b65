import { describe, expect, it } from '@jest/globals'
import { sessionOf, withSession } from '../customer-session.ts'
import { keyOf, withKey } from '../order-key.ts'
import { problemOf } from '../order-rig.ts'
import { announced, TOKEN, useSales } from '../sale-rig.ts'
import { until } from '../until.ts'

const rig = useSales()
const HOUR_MS = 3_600_000

describe('who joins a sale', () => {
  it('has a ticket, a place in line and the key of the order that it becomes', async () => {
    const sale = await rig.openFor3({ units: 1 })
    const first = await rig.joinAs(sale, 'ada')
    const { ticket, key } = await rig.join(sale, 'ben')

    expect(first.status).toBe(202)
    const { ticket: adas } = Object(await first.json())
    expect(first.headers.get('location')).toBe(`/api/sales/${sale}/entries/${adas}`)
    expect(key).toBe(keyOf(ticket))
    await rig.untilStates(sale, { ada: 'admitted', ben: 'waiting' })
    await until(async () => (await rig.entry(sale, ticket)).place === 0)
    expect(await rig.entry(sale, ticket)).toEqual({
      ...{ ticket, number: 2, position: 2, place: 0, state: 'waiting', orderUrl: null },
    })
    expect(await rig.entry(sale, adas)).toMatchObject({
      state: 'admitted',
      orderUrl: `/orders/${adas}#${keyOf(adas)}`,
    })
  })

  it('has the same ticket who comes again with the same secret, at the same time or later', async () => {
    const sale = await rig.openFor3()
    const all = await Promise.all(Array.from({ length: 8 }, () => rig.join(sale, 'ada')))
    const later = await rig.joinAs(sale, 'ada', { email: 'ADA+shop@example.com' })

    expect(new Set(all.map(({ ticket }) => ticket)).size).toBe(1)
    expect(await later.json()).toMatchObject({ ticket: all[0]?.ticket, number: 1 })
    expect((await rig.row(sale)).numbers).toBe(1)
  })

  it('is told so who comes with the mailbox of another, and gets no key', async () => {
    const sale = await rig.openFor3()
    await rig.join(sale, 'ada')

    const stranger = await rig.joinAs(sale, 'ada', { buyer: 'another-secret-0123456' }, { 'accept-language': 'zh' })

    expect(stranger.status).toBe(409)
    expect((await problemOf(stranger)).detail).toBe('已有人用这个邮箱参加了本场抢购。')
  })

  it('hears why not before the sale opens, and after it is over; their own ticket they have at any time', async () => {
    const opensAt = Date.now() + HOUR_MS
    const early = await rig.announce({ opensAt, endsAt: opensAt + HOUR_MS })
    const open = await rig.openFor3()
    const { ticket } = await rig.join(open, 'ada')
    await rig.adminPost(`sales/${open}/end`)

    expect((await problemOf(await rig.joinAs(early.id, 'ben'))).detail).toBe(`This sale opens at ${early.opensAt}.`)
    expect((await problemOf(await rig.joinAs(open, 'ben'))).detail).toBe('The time of this sale is over.')
    expect(await rig.join(open, 'ada')).toMatchObject({ ticket })
    expect((await rig.joinAs('nothing', 'ben')).status).toBe(404)
    expect(await rig.states(early.id)).toEqual({})
  })

  it.each([
    [{ buyer: 'short' }, ['buyer']],
    [{ email: 'ada' }, ['email']],
    [{ name: 'see https://example.com' }, ['name']],
    [{ language: 'la' }, ['language']],
    [{ buyer: undefined, email: undefined }, ['buyer', 'email']],
  ])('is told what is wrong with %j', async (parts, fields) => {
    const sale = await rig.openFor3()

    const answer = await rig.joinAs(sale, 'ada', parts)

    expect([answer.status, (await problemOf(answer)).fields]).toEqual([422, fields])
  })

  it('is in as the customer who is signed in, who sees it without the key', async () => {
    const account = '01a20753-7f79-740f-a857-ba8f5bfbbd1d'
    const own = withSession(sessionOf(account))
    const sale = await rig.openFor3()
    const { ticket } = Object(await (await rig.joinAs(sale, 'ada', {}, own)).json())
    await rig.untilStates(sale, { ada: 'admitted' })

    const path = `/api/sales/${sale}/entries/${ticket}`
    const statuses = [await rig.get(path, own), await rig.get(path), await rig.get(path, withKey('other'))]
    expect(statuses.map(({ status }) => status)).toEqual([200, 404, 404])
    expect((await rig.told(ticket)).at(-1)?.[1]).toMatchObject({ account, customer: { name: 'ada' } })
    expect((await rig.get(path, { authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  })
})

describe('whoever announces a sale', () => {
  it('is the admin, and sees it as everybody does', async () => {
    const { id, ...sale } = await rig.announce({ kind: 'group', payWithinMs: 60_000 })

    expect(sale).toMatchObject({
      ...{ kind: 'group', order: 'line', sku: 'MUG-001', name: 'Stoneware mug', priceCents: 900, currency: 'EUR' },
      ...{ state: 'open', units: 3, free: 0, held: 0, bought: 0, joined: 0, payWithinMs: 60_000, seedHash: null },
    })
    expect(await rig.told(id)).toEqual([['sale.announced', { sku: 'MUG-001', units: 3 }]])
    expect(await rig.sale(id)).toEqual({ id, ...sale })
    expect(await (await rig.get('/api/sales')).json()).toEqual({ sales: [{ id, ...sale }] })
    expect((await rig.post('/api/admin/sales', announced())).status).toBe(401)
  })

  it('has one sale for one Idempotency-Key, however often it is sent', async () => {
    const key = { 'idempotency-key': 'autumn' }
    const endsAt = Date.now() + HOUR_MS
    const answers = [await rig.announceAs({ endsAt }, key), await rig.announceAs({ endsAt }, key)]
    const other = await rig.announceAs({ endsAt, units: 4 }, key)

    const [first, second] = await Promise.all(answers.map((answer) => answer.json()))
    expect(second).toEqual(first)
    expect([...answers, other].map(({ status }) => status)).toEqual([201, 201, 422])
    expect((await problemOf(other)).title).toBe('Idempotency-Key reused')
  })

  it.each([
    [{ sku: 'NO-SUCH' }, ['sku']],
    [{ units: 0 }, ['units']],
    [{ units: 100_001 }, ['units']],
    [{ priceCents: 0.5 }, ['priceCents']],
    [{ endsAt: 1 }, ['endsAt']],
    [{ endsAt: 'soon' }, ['endsAt']],
    [{ order: 'draw' }, ['drawsAt']],
    [{ drawsAt: Date.now() + 1_000 }, ['drawsAt']],
    [{ order: 'draw', drawsAt: Date.now() + HOUR_MS }, ['drawsAt']],
    [{ kind: 'flash', mustSellOut: true }, ['mustSellOut']],
    [{ payWithinMs: 999 }, ['payWithinMs']],
  ])('is told what is wrong with %j', async (parts, fields) => {
    const answer = await rig.announceAs(parts)

    expect([answer.status, (await problemOf(answer)).fields]).toEqual([422, fields])
  })
})
