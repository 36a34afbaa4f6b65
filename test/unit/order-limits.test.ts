import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { hasLimits, readConfig } from '../../shared/config.ts'
import { availableKey } from '../../shared/keys.ts'
import { createRateLimit } from '../../shared/web/rate-limit.ts'
import { problemOf, results, TOKEN, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis({ RATE_LIMITS: 'on', TRUST_PROXY: 'loopback' })
let customers = 0

/** Places an order: from an address of its own, under an e-mail of its own, unless told otherwise. */
function place({
  from,
  email,
  items,
  token,
}: {
  from?: string
  email?: string
  items?: object[]
  token?: string
} = {}) {
  customers++
  const address = from ?? `198.51.${Math.floor(customers / 250)}.${customers % 250}`
  const customer = { name: 'Ada', email: email ?? `ada-${customers}@example.com` }
  const headers = { 'x-forwarded-for': address, ...(token && { authorization: `Bearer ${token}` }) }
  return orders.order({ customer, ...(items && { items }) }, headers)
}

const statusesOf = async (count: number, send: (i: number) => Promise<Response>) => {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await send(i)).status)
  return statuses
}
const keyed = z.object({ id: z.string(), key: z.string() })
const accepted = (statuses: number[]) => statuses.filter((status) => status === 201).length

describe('the keys of orders', () => {
  it('cannot be tried one after the other from one address, and the right one opens all the same', async () => {
    const placed = await place()
    const { id, key } = keyed.parse(await placed.json())
    const from = { 'x-forwarded-for': '203.0.113.99' }
    const ask = (key: string) => fetch(`${orders.url}/api/orders/${id}`, { headers: { ...from, 'order-key': key } })

    const statuses = await statusesOf(70, (i) => ask(`${'A'.repeat(20)}${String(i).padStart(2, '0')}`))

    expect(statuses).toEqual([...Array(60).fill(404), ...Array(10).fill(429)])
    expect((await ask(key)).status).toBe(200)
  })
})

describe('orders from one address', () => {
  it('are so many a minute, and the refusal says when to come back', async () => {
    const statuses = await statusesOf(30, () => place({ from: '203.0.113.7' }))
    expect(accepted(statuses)).toBe(30)

    const refused = await place({ from: '203.0.113.7' })

    const againS = Number(refused.headers.get('retry-after'))
    expect(againS).toBeGreaterThan(30)
    expect(againS).toBeLessThanOrEqual(60)
    expect(refused.headers.get('ratelimit-policy')).toBe('"orders";q=30;w=60')
    expect(refused.headers.get('ratelimit')).toBe(`"orders";r=0;t=${againS}`)
    expect(await problemOf(refused)).toMatchObject({ status: 429, detail: expect.stringContaining(`in ${againS} s`) })
    expect((await place()).status).toBe(201)
  })

  it('are counted by the half of an IPv6 address that a household has', async () => {
    const statuses = await statusesOf(40, (i) => place({ from: `2001:db8::${i.toString(16)}` }))
    expect(accepted(statuses)).toBe(30)
    expect((await place({ from: '2001:db8:0:1::1' })).status).toBe(201)
  })

  it('are not counted for the admin, nor when they are no orders', async () => {
    const own = await statusesOf(40, () => place({ from: '203.0.113.7', token: TOKEN }))
    const none = await statusesOf(40, () => place({ from: '203.0.113.7', items: [] }))

    expect([accepted(own), new Set(none)]).toEqual([40, new Set([422])])
    expect((await place({ from: '203.0.113.7' })).status).toBe(201)
  })
})

describe('orders for one e-mail', () => {
  it('are so many an hour, whatever is added to its name, for each means mails', async () => {
    const spellings = ['eve@example.com', 'Eve@EXAMPLE.com', 'eve+1@example.com', 'eve+x+y@example.com']
    const statuses = await statusesOf(20, (i) => place({ email: spellings[i % 4] ?? '' }))
    expect(accepted(statuses)).toBe(10)
    expect(statuses.slice(10)).toEqual(Array(10).fill(429))
  })
})

describe('cards that are declined', () => {
  it.each([
    ['address', { from: '203.0.113.9' }],
    ['e-mail', { email: 'thief@example.com' }],
  ])('count against the %s that tried them', async (_what, who) => {
    const ids: string[] = []
    for (let i = 0; i < 9; i++) ids.push(Object(await (await place(who)).json()).id)
    await tell(orders.redis, ...ids.map((id) => results.declined(id)))
    await until(async () => (await orders.story(ids[8] ?? '')).state === 'declined')
    const tenth = Object(await (await place(who)).json()).id
    await tell(orders.redis, results.declined(tenth), results.declined(tenth))

    await until(async () => (await orders.story(tenth)).state === 'declined')
    const refused = await place(who)
    expect(refused.headers.get('ratelimit-policy')).toBe('"declined-cards";q=10;w=3600')
    expect(await problemOf(refused)).toMatchObject({ status: 429, detail: expect.stringContaining('declined') })
    expect((await place()).status).toBe(201)
  })
})

describe('goods that are nearly sold out', () => {
  const print = (quantity: number) => [
    { sku: 'MUG-001', quantity: 50 },
    { sku: 'PRT-001', quantity },
  ]

  it('are not all for one', async () => {
    await orders.redis.client.hset(availableKey(), { 'PRT-001': 20, 'MUG-001': 90_000 })

    expect(await problemOf(await place({ items: print(20) }))).toMatchObject({
      status: 422,
      fields: ['items.1.quantity'],
    })
    expect((await place({ items: print(3), email: 'fan@example.com' })).status).toBe(201)
    expect((await place({ items: print(2), email: 'fan@example.com' })).status).toBe(201)
    expect(await problemOf(await place({ items: print(1), email: 'fan@example.com' }))).toMatchObject({ status: 429 })
    expect((await place({ items: print(5), email: 'other@example.com' })).status).toBe(201)
  })

  it('are sold like all others while nobody can tell how many there are', async () => {
    expect((await place({ items: print(20) })).status).toBe(201)
  })
})

describe('limits', () => {
  it.each<[boolean, NodeJS.ProcessEnv]>([
    [false, {}],
    [false, { HOST: '::1' }],
    [true, { HOST: '0.0.0.0' }],
    [true, { HOST: '::' }],
    [false, { HOST: '0.0.0.0', RATE_LIMITS: 'off' }],
    [true, { RATE_LIMITS: 'on' }],
    [true, { NODE_ENV: 'production' }],
  ])('are %p with %j', (isOn, env) => {
    expect(hasLimits(readConfig(env))).toBe(isOn)
  })

  it('cannot be switched off in production', () => {
    expect(() => readConfig({ NODE_ENV: 'production', RATE_LIMITS: 'off' })).toThrow(
      'RATE_LIMITS: cannot be off in production',
    )
  })

  it('begin anew when their time is over', async () => {
    const limit = createRateLimit({ name: 'x', quota: 1, windowS: 1, refusal: 'No.' })
    await limit.take('a')
    await expect(limit.take('a')).rejects.toMatchObject({ status: 429 })
    await expect(limit.check('a')).rejects.toMatchObject({ status: 429 })
    await limit.take('b')

    await until(() =>
      limit.take('a').then(
        () => true,
        () => false,
      ),
    )
  })
})
