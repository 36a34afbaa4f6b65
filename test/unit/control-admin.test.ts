import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openInventory } from '../../services/inventory/db.ts'
import { start } from '../../services/inventory/main.ts'
import { queueKey, statusKey } from '../../shared/keys.ts'
import { services } from '../../shared/routes.ts'
import type { Running } from '../../shared/service.ts'
import { useControl } from '../control-rig.ts'
import { problemOf, results } from '../order-rig.ts'
import { until } from '../until.ts'

const control = useControl()
const away = services.filter((service) => service !== 'order' && service !== 'inventory')

const read = async (path: string) => Object(await (await control.admin(path)).json())
const queueOf = async (service: string) =>
  (await read('queues')).queues.find((queue: { service: string }) => queue.service === service)

describe('the admin', () => {
  it.each(['queues', 'dead-letters', 'session'])('needs the token to see %s', async (path) => {
    expect((await control.get(`/api/admin/${path}`)).status).toBe(401)
    expect((await control.get(`/api/admin/${path}`, { authorization: 'Bearer guess' })).status).toBe(401)
    expect((await control.admin(path)).status).toBe(200)
  })

  it.each(['dead-letters/replay', 'restock'])('needs the token for %s', async (path) => {
    expect(await problemOf(await control.post(`/api/admin/${path}`, {}))).toMatchObject({ status: 401 })
  })
})

describe('the queues', () => {
  it('show what waits and since when, what is in hand, and what comes again', async () => {
    const stamp = Date.now() - 5_000
    await control.redis.client.lpush(queueKey('payment'), JSON.stringify({ id: 'a', stamp }), 'garbage')
    const states = { a: `processing:w:${stamp}`, b: `processing:w:${stamp}`, c: 'retrying:2:500', d: 'done' }
    await control.redis.client.hset(statusKey('payment'), states)

    expect(await queueOf('payment')).toMatchObject({
      waiting: 2,
      inFlight: 2,
      retrying: 1,
      isCountCapped: false,
      dead: null,
      workers: [],
    })
    expect((await queueOf('payment')).oldestAgeMs).toBeGreaterThanOrEqual(5_000)
  })

  it('show who is at work, and what order itself has given up', async () => {
    await control.redis.client.lpush(queueKey('order'), 'garbage')

    const queue = await until(async () => {
      const own = await queueOf('order')
      return own.dead === 1 && own.workers[0]?.buried === 1 && own
    })

    expect(queue.workers).toMatchObject([{ id: expect.stringMatching(/^order-/), isLive: true }])
  })

  it('are not to be had while Redis is away, and the answer says so', async () => {
    await control.redis.kill()

    await until(async () => (await control.admin('queues')).status === 503)

    expect(await problemOf(await control.admin('queues'))).toMatchObject({ detail: expect.stringContaining('Redis') })
    await control.redis.start()
  })

  it('are told of one by one: where Redis keeps something else than one of them, that one says so', async () => {
    await control.redis.client.set(statusKey('payment'), 'no hash')
    await control.redis.client.lpush(queueKey('notification'), 'garbage')

    expect(await queueOf('payment')).toMatchObject({ trouble: expect.stringContaining('WRONGTYPE'), workers: [] })
    expect(await queueOf('notification')).toMatchObject({ trouble: null, waiting: 1 })
  })
})

describe('dead letters', () => {
  let inventory: Running
  beforeEach(async () => {
    inventory = await start({ ...control.config(), OPS_PORT: 0 })
    await until(async () => (await queueOf('inventory')).dead === 0)
  })
  afterEach(() => inventory.stop())

  it('of every service are in one list, with the reason and as they were found', async () => {
    await control.redis.client.lpush(queueKey('order'), 'no message')
    await control.redis.client.lpush(queueKey('inventory'), '{"id":"m-1"}')

    const list = await until(async () => {
      const found = await read('dead-letters')
      return found.deadLetters.length === 2 && found
    })

    const byService = Object.fromEntries(list.deadLetters.map((one: { service: string }) => [one.service, one]))
    expect(byService.order).toMatchObject({ queue: 'order', reason: 'malformed JSON', body: 'no message' })
    expect(byService.order).toMatchObject({ canReplay: false, subject: null })
    expect(byService.inventory).toMatchObject({ queue: 'inventory', body: '{"id":"m-1"}' })
    expect(list).toMatchObject({ total: 2, unreachable: away })
  })

  it('that was cut cannot be replayed, and says so', async () => {
    await control.redis.client.lpush(queueKey('inventory'), '{"id":"m-1"}')
    await until(async () => (await read('dead-letters')).total === 1)
    const file = await openInventory(control.config().DATA_DIR)
    await file.write((tx) => tx.deadLetter.updateMany({ data: { replayId: 'again', body: '{"id":"m-1","na' } }))
    await file.close()

    expect((await read('dead-letters')).deadLetters).toMatchObject([{ canReplay: false, body: '{"id":"m-1","na' }])
  })

  it('can be replayed, one or all, and take effect then', async () => {
    const id = await control.orders.place()
    await until(async () => (await control.orders.story(id)).state === 'paying')
    const strange = { ...results.captured(id), data: { number: 'OL-1' } }
    await control.redis.client.lpush(
      queueKey('order'),
      JSON.stringify({ id: 'm-9', at: 1, stamp: 1, attempt: 1, ...strange }),
    )
    await until(async () => (await read('dead-letters')).total === 1)

    const other = await control.adminPost('dead-letters/replay', { ids: ['nothing of ours'] })
    const all = await control.adminPost('dead-letters/replay')

    expect(await other.json()).toMatchObject({
      replayed: 0,
      unreachable: away,
    })
    expect(await all.json()).toMatchObject({ replayed: expect.any(Number) })
  })

  it('of a service that is away cannot be replayed', async () => {
    const answer = await control.adminPost('dead-letters/replay', { service: 'payment' })

    expect(await problemOf(answer)).toMatchObject({ status: 503, detail: expect.stringContaining('payment') })
  })

  it('goods that come in are on the shelf, once for each key', async () => {
    const delivery = { sku: 'PRT-001', quantity: 5 }
    const first = await control.adminPost('restock', delivery, { 'Idempotency-Key': 'd-1' })
    const again = await control.adminPost('restock', delivery, { 'Idempotency-Key': 'd-1' })
    const other = await control.adminPost('restock', delivery)

    expect(await first.json()).toEqual({ sku: 'PRT-001', received: 25, available: 25 })
    expect(await again.json()).toEqual({ sku: 'PRT-001', received: 25, available: 25 })
    expect(await other.json()).toEqual({ sku: 'PRT-001', received: 30, available: 30 })
    const late = await control.adminPost('restock', delivery, { 'Idempotency-Key': 'd-1' })
    expect(await late.json()).toEqual({ sku: 'PRT-001', received: 25, available: 25 })
  })

  it.each([
    { sku: 'PRT-001', quantity: 500 },
    { sku: 'MUG-001', quantity: 5 },
    { sku: 'X', quantity: 5 },
  ])('goods under the key of others are refused, and not counted: %j', async (other) => {
    await control.adminPost('restock', { sku: 'PRT-001', quantity: 5 }, { 'Idempotency-Key': 'd-1' })

    const refused = await control.adminPost('restock', other, { 'Idempotency-Key': 'd-1' })

    expect(await problemOf(refused)).toMatchObject({ status: 422, fields: ['Idempotency-Key'] })
    const more = await control.adminPost('restock', { sku: 'PRT-001', quantity: 1 })
    expect(await more.json()).toEqual({ sku: 'PRT-001', received: 26, available: 26 })
  })

  it('goods do not come in without the token, by inventory’s own door either', async () => {
    const delivery = JSON.stringify({ key: 'd-1', sku: 'PRT-001', quantity: 5 })
    const headers = { 'content-type': 'application/json' }

    const answer = await fetch(`${inventory.url}/ops/restock`, { method: 'POST', headers, body: delivery })

    expect(await problemOf(answer)).toMatchObject({ status: 401 })
  })

  it('goods that nobody knows are refused in the words of inventory', async () => {
    const unknown = await control.adminPost('restock', { sku: 'X', quantity: 1 })
    const none = await control.adminPost('restock', { sku: 'PRT-001', quantity: 0 })

    expect(await problemOf(unknown)).toMatchObject({ status: 404, fields: ['sku'] })
    expect(await problemOf(none)).toMatchObject({ status: 422, fields: ['quantity'] })
  })

  it('goods cannot come in while inventory is away', async () => {
    await inventory.stop()
    const answer = await control.adminPost('restock', { sku: 'PRT-001', quantity: 1 })

    expect(await problemOf(answer)).toMatchObject({ status: 503, detail: expect.stringContaining('inventory') })
    inventory = await start({ ...control.config(), OPS_PORT: 0 })
  })
})
