import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { openWebhooks } from '../../services/webhooks/db.ts'
import { start } from '../../services/webhooks/main.ts'
import { queueKey } from '../../shared/keys.ts'
import type { Running } from '../../shared/service.ts'
import { useControl } from '../control-rig.ts'
import { problemOf, TOKEN } from '../order-rig.ts'
import { until } from '../until.ts'
import { Receiver } from '../webhook-rig.ts'

const control = useControl({ WEBHOOK_NETWORKS: 'loopback' })
const { orders } = control

let webhooks: Running | undefined
let receivers: Receiver[]
beforeEach(async () => {
  receivers = []
  await boot()
})
afterEach(async () => {
  await webhooks?.stop()
  for (const receiver of receivers) await receiver.close()
})

async function boot(): Promise<void> {
  webhooks = await start({ ...control.config(), OPS_PORT: 0 })
  await until(async () => (await control.admin('webhooks')).status === 200, { what: 'control to have found webhooks' })
}

async function receiver(): Promise<Receiver> {
  const opened = await new Receiver().open()
  receivers.push(opened)
  return opened
}

const registered = z.object({ id: z.string(), secret: z.string().startsWith('whsec_') })

/** Registers a receiver, which from now on checks what comes. */
async function subscribe(to: Receiver, events: string[] = []): Promise<string> {
  const answer = await control.adminPost('webhooks', { url: to.url, events })
  expect(answer.status).toBe(201)
  const { id, secret } = registered.parse(await answer.json())
  to.secret = secret
  return id
}

const lettersIn = z.object({ deadLetters: z.array(z.unknown()) })
const listed = z.object({ webhooks: z.array(z.record(z.string(), z.unknown())) })
const list = async () => listed.parse(await (await control.admin('webhooks')).json()).webhooks
const remove = (id: string) =>
  fetch(`${control.url}/api/admin/webhooks/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${TOKEN}` } })
const placeSome = (count: number) => Promise.all(Array.from({ length: count }, () => orders.place()))
const sorted = (ids: string[]) => [...ids].sort()

describe('a webhook', () => {
  it('is told of what happens from then on, signed, each event once', async () => {
    await orders.place()
    const shop = await receiver()
    await subscribe(shop)

    const ids = await placeSome(60)
    await orders.cancel(ids[0] ?? '')

    await until(() => shop.taken.length >= 61, { what: 'all to be told' })
    expect(shop.calls).toHaveLength(61)
    const placed = shop.taken.filter(({ type }) => type === 'orderline.order.placed')
    expect(sorted(placed.map(({ subject }) => subject))).toEqual(sorted(ids))
    expect(placed[0]).toMatchObject({ source: 'http://localhost:3000/events#order', data: { totalCents: 3_600 } })
    expect(shop.typesTaken()).toContain('orderline.order.cancelled')
    await until(async () => (await list())[0]?.taken === 61, { what: 'the list to say so' })
    expect(await list()).toMatchObject([{ url: shop.url, waiting: 0, failing: 0, lastAnswer: 'answered 204' }])
  })

  it('begins where events end when it is registered, so that no clock can hide the next one', async () => {
    await placeSome(3)
    const id = await subscribe(await receiver())

    const books = await openWebhooks(control.config().DATA_DIR)
    const places = await books.read.$queryRaw<object[]>`SELECT subscription, sender, seq FROM "Place"`
    await books.close()
    expect(places).toContainEqual({ subscription: id, sender: 'order', seq: 3 })
  })

  it('is told only of the events that it has asked for', async () => {
    const shop = await receiver()
    await subscribe(shop, ['order.cancelled'])

    const [first = ''] = await placeSome(3)
    await orders.cancel(first)

    await until(() => shop.taken.length > 0)
    expect(shop.calls.map(({ told }) => [told.type, told.subject])).toEqual([['orderline.order.cancelled', first]])
  })

  it('is told again when it has failed, under the same id, and of the rest when it is back', async () => {
    const shop = await receiver()
    await subscribe(shop)
    let failures = 2
    shop.answer = () => ({ status: failures-- > 0 ? 500 : 204 })
    const ids = await placeSome(3)
    await until(() => failures <= 0, { what: 'two to have failed' })
    await shop.close()
    const more = await placeSome(20)
    await shop.open()

    await until(() => new Set(shop.idsTaken()).size === 23, { timeoutMs: 30_000, what: 'all to be told' })
    expect(shop.taken).toHaveLength(23)
    expect(sorted(shop.taken.map(({ subject }) => subject))).toEqual(sorted([...ids, ...more]))
    const failed = shop.calls.filter(({ status }) => status === 500).map(({ told }) => told.id)
    expect(shop.idsTaken()).toEqual(expect.arrayContaining(failed))
  }, 60_000)

  it('that never answers holds up no other one', async () => {
    const [dead, well] = [await receiver(), await receiver()]
    dead.answer = () => null
    await subscribe(dead)
    await subscribe(well)

    await placeSome(100)

    await until(() => well.taken.length === 100, { timeoutMs: 8_000, what: 'the other one to be told of all' })
    expect(dead.calls.length).toBeLessThanOrEqual(4)
  })

  it('is left alone for as long as it asks for', async () => {
    const shop = await receiver()
    await subscribe(shop)
    shop.answer = () => ({ status: shop.calls.length === 0 ? 429 : 204, headers: { 'retry-after': '6' } })

    await orders.place()
    await until(() => shop.calls.length === 1)
    await placeSome(5)

    await until(() => shop.taken.length === 6, { timeoutMs: 30_000, what: 'all to be told' })
    const [first, second] = shop.calls
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(5_900)
  }, 40_000)

  it('that is gone is paused, and goes on from there when it is wanted again', async () => {
    const shop = await receiver()
    const id = await subscribe(shop)
    shop.answer = () => ({ status: 410 })
    await orders.place()
    await until(async () => (await list())[0]?.pausedAt, { what: 'it to be paused' })
    expect(await list()).toMatchObject([{ pauseReason: 'answered 410' }])
    await placeSome(5)

    shop.answer = () => ({ status: 204 })
    expect((await control.adminPost(`webhooks/${id}/resume`)).status).toBe(200)

    await until(() => shop.taken.length === 6, { timeoutMs: 30_000, what: 'all to be told' })
    expect(new Set(shop.idsTaken()).size).toBe(6)
  }, 40_000)

  it('is not followed to where it redirects to', async () => {
    const [shop, elsewhere] = [await receiver(), await receiver()]
    await subscribe(shop)
    shop.answer = () => ({ status: 307, headers: { location: elsewhere.url } })

    await orders.place()

    const answered = async () => (await list())[0]?.lastAnswer
    expect(await until(answered)).toBe('answered 307, and redirections are not followed')
    expect(elsewhere.calls).toEqual([])
  })

  it('that has never taken an event is a dead letter in the end, which can be replayed', async () => {
    const shop = await receiver()
    const subscription = await subscribe(shop)
    shop.answer = () => ({ status: 500 })
    const told = { id: 'e-1', name: 'order.cancelled', subject: 'o-1', at: 1, data: { number: 'OL-1' } }
    const data = { number: 'OL-1', subscription, told }
    const now = Date.now()
    const message = {
      id: 'm-1',
      name: 'webhook.due',
      subject: 'o-1',
      at: now,
      stamp: now,
      attempt: 201,
      deferred: 200,
      data,
    }
    await control.redis.client.lpush(queueKey('webhooks'), JSON.stringify(message))
    const letters = async () => lettersIn.parse(await (await control.admin('dead-letters')).json()).deadLetters
    await until(async () => (await letters()).length === 1, { what: 'it to be given up' })
    expect(await letters()).toMatchObject([{ service: 'webhooks', reason: 'put off for 72 h: answered 500' }])

    shop.answer = () => ({ status: 200 })
    await control.adminPost('dead-letters/replay', { service: 'webhooks' })

    await until(() => shop.taken.length === 1, { timeoutMs: 30_000, what: 'it to be told' })
    expect(shop.taken).toMatchObject([{ id: 'e-1', type: 'orderline.order.cancelled' }])
  }, 40_000)

  it('that is deleted is told of nothing more', async () => {
    const shop = await receiver()
    const id = await subscribe(shop)
    await orders.place()
    await until(() => shop.taken.length === 1)

    expect([(await remove(id)).status, (await remove(id)).status, (await remove('none')).status]).toEqual([
      204, 404, 404,
    ])
    await placeSome(3)
    const other = await receiver()
    await subscribe(other)
    await orders.place()

    await until(() => other.taken.length === 1)
    expect([shop.calls.length, await list()]).toMatchObject([1, [{ url: other.url }]])
  })
})

describe('the service of webhooks', () => {
  it('goes on where it was when it comes back', async () => {
    const shop = await receiver()
    await subscribe(shop)
    await placeSome(5)
    await until(() => shop.taken.length === 5)

    await webhooks?.stop()
    await placeSome(30)
    await boot()

    await until(() => shop.taken.length === 35, { what: 'all to be told' })
    expect(new Set(shop.idsTaken()).size).toBe(35)
  })
})

describe('a registration', () => {
  const register = (body: object, key?: string) =>
    control.adminPost('webhooks', body, key === undefined ? {} : { 'idempotency-key': key })

  it('that is repeated with its key is the same one', async () => {
    const url = 'http://127.0.0.1:9/'
    const [first, again] = [await register({ url }, 'k-1'), await register({ url }, 'k-1')]
    const other = await register({ url: 'http://127.0.0.1:9/other' }, 'k-1')

    expect([first.status, again.status, other.status]).toEqual([201, 201, 422])
    expect(await again.json()).toEqual(await first.json())
    expect(await list()).toHaveLength(1)
    expect(JSON.stringify(await list())).not.toContain('whsec_')
  })

  it.each([
    [{ url: 'no address' }, 'url'],
    [{ url: 'ftp://example.com' }, 'url'],
    [{ url: 'https://ada:secret@example.com' }, 'url'],
    [{ url: 'https://10.0.0.1' }, 'url'],
    [{ url: 'http://169.254.169.254/latest/meta-data' }, 'url'],
    [{ url: 'https://example.com', events: ['message.buried'] }, 'events.0'],
    [{}, 'url'],
  ])('of %j is refused, and says why', async (body, field) => {
    const answer = await register(body)

    expect(answer.status).toBe(422)
    expect(await problemOf(answer)).toMatchObject({ fields: [field] })
  })

  it('beyond the sixteenth is refused', async () => {
    for (let n = 0; n < 16; n++) expect((await register({ url: `http://127.0.0.1:9/${n}` })).status).toBe(201)

    expect((await register({ url: 'http://127.0.0.1:9/16' })).status).toBe(409)
  })
})
