import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { messageAnswer, messagesAnswer } from '../../services/control/queues/message-answer.ts'
import { start } from '../../services/payment/main.ts'
import { queueKey } from '../../shared/keys.ts'
import type { Running } from '../../shared/service.ts'
import { useControl } from '../control-rig.ts'
import { problemOf } from '../order-rig.ts'
import { until } from '../until.ts'

const control = useControl()
const read = async (path: string) => Object(await (await control.admin(path)).json())
const look = async (service: string, query = '') =>
  messagesAnswer.parse(await read(`queues/${service}/messages${query}`))
const story = async (service: string, id: string) => messageAnswer.parse(await read(`queues/${service}/messages/${id}`))
const listIn = async (service: string, query = '') =>
  (await look(service, query)).lists.find(({ list }) => list === service)

describe('what waits for a service', () => {
  it('is shown with its payload, without who buys, the oldest or the newest first, page by page', async () => {
    const ids = [await control.orders.place(), await control.orders.place(), await control.orders.place()]
    await until(async () => (await listIn('inventory'))?.waiting === 3)

    const oldest = await listIn('inventory', '?limit=2')
    const rest = await listIn('inventory', '?limit=2&after=2')
    const newest = await listIn('inventory', '?from=newest')

    expect(oldest?.messages.map(({ subject }) => subject)).toEqual(ids.slice(0, 2))
    expect(rest?.messages.map(({ subject }) => subject)).toEqual(ids.slice(2))
    expect(newest?.messages.map(({ subject }) => subject)).toEqual(ids.toReversed())
    expect(oldest?.messages[0]).toMatchObject({
      ...{ event: 'order.placed', number: 'OL-1000001', attempt: 1, problem: null },
      data: { customer: { name: '•••', email: '•••' }, lines: [{ sku: 'MUG-001', name: 'Stoneware mug' }] },
    })
    expect(JSON.stringify(await look('inventory'))).not.toContain('ada@example.com')
  })

  it('says of what is no message why, and shows how it begins', async () => {
    await control.redis.client.lpush(queueKey('payment'), `not a message of ada@example.com ${'x'.repeat(9_000)}`)

    const [message] = (await listIn('payment'))?.messages ?? []

    expect(message).toMatchObject({ id: null, event: null, problem: 'malformed JSON', data: null })
    expect(message?.text).toMatch(/^not a message of ••• x+$/)
    expect(message?.text?.length).toBeLessThan(2_100)
  })

  it('says who answers for one message, in the list and on disk', async () => {
    await control.orders.place()
    const id = await until(async () => (await listIn('inventory'))?.messages[0]?.id)

    const known = await story('inventory', id)

    expect(known).toMatchObject({
      ...{ event: 'order.placed', number: 'OL-1000001', said: null, outcome: null, letters: [], trouble: null },
      inList: { list: 'inventory', place: 1 },
      rows: [{ sender: 'order', list: 'inventory', pushes: 1, attempt: 1, crashes: 0 }],
    })
    expect(Date.now() - Date.parse(known.rows[0]?.lastPushedAt ?? '')).toBeLessThan(60_000)
    expect(await story('inventory', 'unknown')).toMatchObject({
      ...{ event: null, rows: [] },
      unreachable: expect.arrayContaining(['payment']),
    })
  })

  it('says where a broken message is, though nobody can read it', async () => {
    await control.redis.client.lpush(queueKey('payment'), '{"id":"m-1","stamp":1790000000000,"name')

    expect(await story('payment', 'm-1')).toMatchObject({
      ...{ event: null, trouble: null, rows: [] },
      inList: { list: 'payment', place: 1, pushedAt: '2026-09-21T14:13:20.000Z' },
    })
  })

  it('is told of by its senders while Redis is gone', async () => {
    await control.orders.place()
    const id = await until(async () => (await listIn('inventory'))?.messages[0]?.id)
    await control.redis.kill()
    const second = await control.orders.place()

    const found = await until(async () => {
      const seen = await look('inventory')
      const onDisk = seen.lists.find(({ list }) => list === 'inventory')?.onDisk[0]
      return seen.trouble !== null && onDisk?.count === 2 && onDisk
    })

    expect(found).toMatchObject({
      sender: 'order',
      messages: [{ id }, { subject: second, event: 'order.placed' }],
    })
    expect(await story('inventory', id)).toMatchObject({ inList: null, rows: [{ sender: 'order', pushes: 1 }] })
    expect((await story('inventory', id)).trouble).not.toBeNull()
    await control.redis.start()
  })

  it('is for the admin, of services that there are, and no more than a hundred at once', async () => {
    expect((await control.get('/api/admin/queues/payment/messages')).status).toBe(401)
    expect(await problemOf(await control.admin('queues/nobody/messages'))).toMatchObject({ fields: ['service'] })
    expect(await problemOf(await control.admin('queues/payment/messages?limit=101'))).toMatchObject({
      fields: ['limit'],
    })
  })
})

describe('a queue of a service that is up', () => {
  let folder: string
  let payment: Running
  const startPayment = () => start({ ...control.config(), DATA_DIR: folder, PAYMENT_PORT: 0 })
  const queue = async () => (await read('queues')).queues.find((one: { service: string }) => one.service === 'payment')
  const isReady = async () => (await fetch(`${payment.url}/readyz`)).status === 200
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderline-queues-'))
    payment = await startPayment()
    await until(async () => (await queue()).workers.some(({ isLive }: { isLive: boolean }) => isLive))
  })
  afterEach(async () => {
    await payment.stop()
    await rm(folder, { recursive: true })
  })

  it('is paused and goes on, says so, and is ready all the while', async () => {
    const paused = await control.adminPost('queues/payment/pause')

    expect(await paused.json()).toEqual({ service: 'payment', pausedAt: expect.stringMatching(/^\d{4}-/) })
    await until(async () => (await queue()).pausedAt !== null)
    expect((await look('payment')).pausedAt).not.toBeNull()
    expect(await isReady()).toBe(true)
    await control.redis.client.lpush(queueKey('payment'), 'waits')
    await until(async () => (await queue()).waiting === 1)

    const goesOn = await control.adminPost('queues/payment/resume')

    expect(await goesOn.json()).toEqual({ service: 'payment', pausedAt: null })
    await until(async () => (await queue()).dead === 1)
  })

  it('is paused while Redis is away, and still is when both are back', async () => {
    await control.redis.kill()
    expect((await control.adminPost('queues/payment/pause')).status).toBe(200)
    await payment.stop()
    await control.redis.start()
    payment = await startPayment()

    await until(async () => (await control.admin('queues')).status === 200 && (await queue()).pausedAt !== null)
  })

  it('tells customers whose order waits for it that it is paused', async () => {
    const id = await control.orders.place()
    await control.adminPost('queues/payment/pause')

    const shown = async () => Object(await (await control.orders.admin(`orders?limit=1`)).json())
    expect((await shown()).orders).toHaveLength(1)
    await until(async () => {
      const answer = await control.orders.get(`/api/orders/${id}`, { authorization: 'Bearer token-of-the-test' })
      return Object(await answer.json()).paused?.includes('payment')
    })
  })

  it('keeps an hour of its history, to be had as a table', async () => {
    const history = await until(async () => {
      const told = await read('queues/payment/history')
      return told.moments.some(({ waiting }: { waiting: number | null }) => waiting === 0) && told
    })
    const table = await control.get('/api/admin/queues/payment/history', {
      authorization: 'Bearer token-of-the-test',
      accept: 'text/csv',
    })

    expect(history).toMatchObject({ service: 'payment', stepMs: 5_000 })
    expect(table.headers.get('content-type')).toContain('text/csv')
    expect((await table.text()).split('\r\n')[0]).toBe('at,waiting,inFlight,handledPerS,retried,dead')
  })

  it('of nobody cannot be paused, nor one that is away, nor by anyone', async () => {
    expect(await problemOf(await control.adminPost('queues/nobody/pause'))).toMatchObject({ status: 422 })
    expect(await problemOf(await control.adminPost('queues/notification/pause'))).toMatchObject({ status: 503 })
    expect((await control.post('/api/admin/queues/payment/pause')).status).toBe(401)
  })
})
