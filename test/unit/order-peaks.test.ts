import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { queueKey, workersKey } from '../../shared/keys.ts'
import { peaks as told } from '../../shared/web/peaks.ts'
import { call } from '../calls.ts'
import { withKey } from '../order-key.ts'
import { problemOf, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis({ PROMISE_MS: '10000' })
const { redis } = orders

const peaks = async () => told.parse(await (await call(orders.url, '/ops/peaks')).json())
const hop = async (service: string) => Object((await peaks()).hops.find((one) => one.service === service))
const line = (service: 'inventory' | 'payment', count: number) =>
  redis.client.lpush(queueKey(service), ...Array.from({ length: count }, (_, i) => `{"stamp":${i}}`))

/** What workers would say of themselves. */
async function man(service: 'inventory' | 'payment', more: object = {}): Promise<void> {
  const calls = { atOnce: 64, underWay: 0, queued: 0, calls: 0, callMs: null, perSecond: null }
  const beat = {
    ...{ host: 'elsewhere', pid: 1, at: Date.now(), startedAt: 0, incarnation: 0 },
    ...{ handled: 0, retried: 0, buried: 0, inFlight: 0, url: null, passage: calls },
    ...more,
  }
  await redis.client.hset(workersKey(service), `${service}-1`, JSON.stringify(beat))
}
const paced = (perSecond: number) => ({
  passage: { atOnce: 64, underWay: 3, queued: 0, calls: 0, callMs: 120, perSecond },
})
const placed = z.looseObject({ id: z.string(), expectedPaidInMs: z.int().nullable() })
const expected = async (parts: object = {}) => placed.parse(await (await orders.order(parts)).json()).expectedPaidInMs

describe('what an order is told of when it will be paid', () => {
  it('is how long it waits before the slowest hop, and what a payment takes', async () => {
    await man('inventory')
    await man('payment', paced(100))
    await line('payment', 194)
    await until(async () => (await hop('payment')).waiting === 194)

    const ms = await expected()

    expect(ms).toBeGreaterThan(500) // 194 of 97 a second are 2 s, of which less than one and a half have passed
    expect(ms).toBeLessThan(2_300)
  })

  it('is nothing where its customer pays later, or takes their time on the page of the gateway', async () => {
    await man('inventory')
    await man('payment')
    await until(async () => (await peaks()).expectedPaidInMs !== null)

    expect(await expected({ payment: undefined })).toBeNull()
    expect(await expected({ payment: { method: 'hosted' } })).toBeNull()
    expect(await expected()).not.toBeNull()
  })

  it('is nothing while nobody works there: it cannot be told', async () => {
    await man('inventory')
    await until(async () => (await hop('inventory')).waitMs !== null)

    expect(await expected()).toBeNull()
  })

  it('is told again, to the letter, to whoever repeats the request', async () => {
    await man('inventory')
    await man('payment', paced(100))
    await line('payment', 300)
    await until(async () => (await hop('payment')).waiting === 300)
    const place = async () => (await orders.order({}, { 'Idempotency-Key': 'k' })).text()

    const first = await place()
    await redis.client.del(queueKey('payment'))
    await until(async () => (await hop('payment')).waiting < 300)

    expect(placed.parse(JSON.parse(first)).expectedPaidInMs).toBeGreaterThan(0)
    expect(await place()).toBe(first)
  })
})

describe('a line that is longer than is promised', () => {
  it('takes no more orders; who has one pays, cancels and sees it all the same', async () => {
    const id = await orders.place({ payment: undefined })
    await man('payment', paced(10))
    await line('payment', 200)
    await until(async () => (await hop('payment')).waiting >= 200) // each order that is taken before makes the line longer
    await until(async () => (await orders.order()).status === 503)

    const refused = await orders.order()

    const retryAfterS = Number(refused.headers.get('retry-after'))
    expect(await problemOf(refused)).toMatchObject({ status: 503, title: 'Service unavailable' })
    expect(retryAfterS).toBeGreaterThanOrEqual(8) // of 20 s more than 10 are over the promise
    expect(retryAfterS).toBeLessThanOrEqual(24)
    expect((await orders.get(`/api/orders/${id}`, withKey(id))).status).toBe(200)
    expect((await orders.cancel(id)).status).toBe(200)
    expect((await orders.get('/api/products')).status).toBe(200)
    expect((await peaks()).shed.placing).toBeGreaterThan(0)
    expect(await (await orders.get('/metrics')).text()).toMatch(/^orderline_shed_placing\{[^}]*\} [1-9]/m)
  })

  it('takes orders again when it is shorter', async () => {
    await man('payment', paced(10))
    await line('payment', 200)
    await until(async () => (await orders.order()).status === 503)

    await redis.client.del(queueKey('payment'))

    await until(async () => (await orders.order()).status === 201)
  })

  it('is as long while nobody works there: who comes back comes back to the same pace', async () => {
    await man('inventory', { onDisk: { payment: 100 } })
    await man('payment', paced(10))
    await line('payment', 100)
    await until(async () => (await orders.order()).status === 503)

    await redis.client.del(workersKey('inventory'), workersKey('payment'))

    await until(async () => (await hop('payment')).waitMs === null)
    expect(await hop('payment')).toMatchObject({ onDisk: 100, pacePerS: 10 })
    expect((await orders.order()).status).toBe(503)
  })

  it('has in it what waits on the disks of others, and in their hands', async () => {
    await man('inventory', { onDisk: { payment: 150, 'payment:urgent': 20 } })
    await man('payment', { ...paced(10), inFlight: 30 })

    await until(async () => (await orders.order()).status === 503)

    expect(await hop('payment')).toMatchObject({ waiting: 200, onDisk: 170, held: 30, pacePerS: 10, atOnce: 64 })
  })

  it('grows with each order that is taken, before anybody looks again', async () => {
    await man('inventory')
    await man('payment', paced(1))
    await until(async () => (await hop('payment')).pacePerS === 1)

    let taken = 0 // a second each; and all that came before the first of them was on disk
    const someRefused = async () => {
      const answers = await Promise.all(Array.from({ length: 40 }, () => orders.order()))
      taken += answers.filter(({ status }) => status === 201).length
      return answers.some(({ status }) => status === 503)
    }
    await until(someRefused) // a look each second finds an empty line: on a busy machine the first few come too slowly

    expect(taken).toBeGreaterThanOrEqual(10)
  })
})

describe('while Redis is away', () => {
  it('orders are taken, and those on our own disk are counted', async () => {
    await man('inventory')
    await man('payment', paced(1_000))
    await until(async () => (await hop('payment')).pacePerS === 1_000)
    await redis.kill()

    for (let i = 0; i < 20; i++) expect((await orders.order()).status).toBe(201)

    await until(async () => (await hop('inventory')).onDisk > 0)
    expect((await hop('payment')).pacePerS).toBe(1_000) // as it was last
    expect((await peaks()).expectedPaidInMs).not.toBeNull()
  })
})
