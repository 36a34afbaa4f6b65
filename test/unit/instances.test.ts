import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { start as startControl } from '../../services/control/main.ts'
import type { Running } from '../../shared/service.ts'
import { useControl } from '../control-rig.ts'
import { withKey } from '../order-key.ts'
import { OrderRig, problemOf, TOKEN, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const KEYS = 1_000
const AT_ONCE = 50
const HEARD_MS = 300

describe('two order services that have one database', () => {
  const a = useOrdersWithRedis()
  const b = new OrderRig()
  beforeEach(async () => {
    b.join(a)
    await b.boot()
    await until(() => b.isReady())
  })
  afterEach(() => b.shutDown())

  it(`make one order of one key that comes to both at once, ${KEYS} times, and give one answer`, async () => {
    const placeTwice = async (key: string) => {
      const answers = await Promise.all([a, b].map((rig) => rig.order({}, { 'Idempotency-Key': key })))
      return Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))
    }
    for (let first = 0; first < KEYS; first += AT_ONCE) {
      const pairs = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => placeTwice(`key-${first + i}`)))
      for (const [one, other] of pairs) expect([one?.slice(0, 4), other]).toEqual(['201 ', one])
    }
    const { counts } = Object(await (await b.admin('orders?limit=1')).json())
    expect(counts).toMatchObject({ placed: KEYS })
  })

  it('refuse a key that came to the other one with another body', async () => {
    await a.order({}, { 'Idempotency-Key': 'k' })

    const other = await b.order({ items: [{ sku: 'MUG-001', quantity: 9 }] }, { 'Idempotency-Key': 'k' })

    expect(await problemOf(other)).toMatchObject({ status: 422, fields: ['Idempotency-Key'] })
  })

  it(`tell a stream within ${HEARD_MS} ms of what happened at the other one`, async () => {
    const took: number[] = []
    for (let i = 0; i < 5; i++) {
      const id = await a.place()
      const ear = await followAt(a, id)
      await until(() => ear.events().length === 1)
      const since = performance.now()
      await b.cancel(id)
      await until(() => ear.events().length === 2)
      took.push(performance.now() - since)
      expect(ear.events()).toEqual(['order.placed', 'order.cancelled'])
      ear.close()
    }
    expect(took.toSorted((one, other) => one - other)[2]).toBeLessThan(HEARD_MS)
  })

  it('go on with each other’s streams, without a gap and without telling twice', async () => {
    const id = await a.place({ payment: undefined })
    const first = await followAt(a, id)
    await until(() => first.events().length === 1)
    first.close()
    await b.cancel(id)

    const second = await followAt(b, id, first.lastId())
    await until(() => second.events().length === 1)
    const third = await followAt(a, id, second.lastId())
    const { timeline } = await b.story(id)

    expect([...first.events(), ...second.events()]).toEqual(timeline.map(({ event }) => event))
    expect(third.events()).toEqual([])
    second.close()
    third.close()
  })

  it('follow their Redis back, and miss nothing while it is away', async () => {
    const id = await a.place()
    const ear = await followAt(a, id)
    await until(() => ear.events().length === 1)

    await a.redis.kill()
    await b.cancel(id)

    await until(() => ear.events().length === 2, { what: 'the look that needs no bell' })
    ear.close()
    await a.redis.start()
  })
})

describe('two controls', () => {
  const one = useControl()
  let other: Running
  let folder: string
  const own = { 'sec-fetch-site': 'same-origin' }
  const call = (url: string, path: string, { cookie, ...headers }: Record<string, string>, body?: object) =>
    fetch(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie: `${cookie}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const signIn = async () => {
    const answer = await one.post('/control', { token: TOKEN })
    return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-control-')) // as on another host
    other = await startControl({ ...one.config(), DATA_DIR: folder, CONTROL_PORT: 0 })
  })
  afterEach(async () => {
    await other.stop()
    rmSync(folder, { recursive: true })
  })

  it('let the admin in who signed in at the other one: to look, to pause, to search, to replay', async () => {
    const cookie = await signIn()
    const id = await one.orders.place()
    await until(async () => (await call(other.url, '/api/admin/queues', { cookie })).status === 200)
    const deed = async (path: string, body?: object) => {
      const answer = await call(other.url, `/api/admin/${path}`, { cookie, ...own }, body)
      return { status: answer.status, text: await answer.text() }
    }

    expect(await deed('queues/order/pause', {})).toMatchObject({ status: 200 })
    await until(async () => (await (await one.admin('queues')).text()).includes('"pausedAt":"'))
    expect(await deed('queues/order/resume', {})).toMatchObject({ status: 200 })
    expect((await deed(`search?q=${id}`)).text).toContain(id)
    expect(await deed('dead-letters/replay', {})).toMatchObject({ status: 200 })
    expect(await deed('orders')).toMatchObject({ status: 200 }) // which order serves
  })

  it('refuse what another site’s page asks for with the cookie of the other one', async () => {
    const cookie = await signIn()
    await until(async () => (await call(other.url, '/api/admin/queues', { cookie })).status === 200)

    const forged = await call(
      other.url,
      '/api/admin/queues/order/pause',
      { cookie, 'sec-fetch-site': 'cross-site' },
      {},
    )

    expect(forged.status).toBe(403)
  })

  it('let nobody in any more who has signed out at the other one, and end what is told to them', async () => {
    const [mine, stays] = [await signIn(), await signIn()]
    const watched = await call(other.url, '/api/admin/live', { cookie: mine })
    const statusFor = async (cookie: string) => (await call(other.url, '/api/admin/session', { cookie })).status
    expect([await statusFor(mine), await statusFor(stays)]).toEqual([200, 200])

    await call(one.url, '/control/logout', { cookie: mine, ...own }, {})

    await until(async () => (await statusFor(mine)) === 401, { what: 'the other control to have heard' })
    expect(await watched.text()).toMatch(/^retry: /) // it is over
    expect(await statusFor(stays)).toBe(200)
    await one.redis.client.flushall()
    await other.stop()
    other = await startControl({ ...one.config(), DATA_DIR: folder, CONTROL_PORT: 0 })
    expect([await statusFor(mine), await statusFor(stays)]).toEqual([401, 200])
  })
})

/** Follows an order at one of several services, from the beginning or after an event. */
async function followAt(rig: OrderRig, id: string, after?: string) {
  const headers = { ...withKey(id), ...(after !== undefined && { 'last-event-id': after }) }
  const abort = new AbortController()
  const answer = await fetch(`${rig.url}/api/orders/${id}/events`, { headers, signal: abort.signal })
  let text = ''
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  read().catch(() => {}) // closed
  const whole = () => [...text.matchAll(/^id: (\d+)\ndata: (.*)\n\n/gm)]
  return {
    events: () => whole().map(([, , data = '{}']) => String(JSON.parse(data).event)),
    lastId: () => whole().at(-1)?.[1] ?? '',
    close: () => abort.abort(),
  }
}
