import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import pino from 'pino'
import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import type { Load } from '../../shared/web/overload.ts'
import { createShedding } from '../../shared/web/shed.ts'
import { problemOf } from '../order-rig.ts'

const CALM: Load = { delayMs: 0, waitMs: 0, promiseMs: 60_000 }
const FULL: Load = { delayMs: 5_000, waitMs: 90_000, promiseMs: 60_000 }
let load = CALM
let told: string[] = []
let server: HttpServer
const log = pino({ level: 'info' }, { write: (line: string) => void told.push(JSON.parse(line).msg) })
const shedding = createShedding({ load: () => load, log, random: () => 0.5 })

beforeEach(async () => {
  load = CALM
  told = []
  const answer = { status: 200, what: 'ok', schema: z.object({}) }
  const one = (path: string, shedAs?: Endpoint['shedAs']): Endpoint => ({
    ...{ method: 'post', path, what: path, body: z.object({}), answer, problems: [] },
    ...(shedAs && { shedAs }),
    serve: (_req, res) => void res.json({}),
  })
  const endpoints = [one('/orders', 'placing'), one('/entries', 'joining'), one('/look', 'browsing'), one('/pay')]
  server = await listen(
    createApp(log, (app) => mountEndpoints(app, endpoints, { shedding })),
    0,
    '127.0.0.1',
  )
})
afterEach(() => server.close())

const post = (path: string, headers: Record<string, string> = {}, body = '{}') =>
  fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

describe('a door that sheds', () => {
  it('lets all in while there is time for all', async () => {
    const answers = await Promise.all(['/orders', '/entries', '/look', '/pay'].map((path) => post(path)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(told).toEqual([])
  })

  it('refuses each class with a problem that says when to come back, and what is of none never', async () => {
    load = FULL

    const refused = await post('/orders')

    expect(refused.headers.get('retry-after')).toBe('45') // 30 s until there is room, and half as long to spread
    expect(refused.headers.get('cache-control')).toBe('no-store')
    expect(await problemOf(refused)).toMatchObject({
      status: 503,
      detail: 'More orders wait than can be paid in time, so no more are taken. Come back in 45 s.',
    })
    expect([(await post('/entries')).status, (await post('/look')).status, (await post('/pay')).status]).toEqual([
      503, 503, 200,
    ])
  })

  it('says it in the language of whoever asked', async () => {
    load = FULL

    const { title, detail } = await problemOf(await post('/orders', { 'accept-language': 'zh' }))

    expect([title, detail]).toEqual(['服务暂不可用', '等待付款的订单过多，暂时不再接单。请在 45 秒后再试。'])
  })

  it('does not look at what is sent: it comes before the body is read', async () => {
    load = FULL

    expect((await post('/orders', { 'content-type': 'text/plain' }, 'no JSON')).status).toBe(503)
    expect((await post('/pay', { 'content-type': 'text/plain' }, 'no JSON')).status).toBe(415)
  })

  it('counts what it has refused, and tells once that it does', async () => {
    load = FULL
    const before = { ...shedding.counts }

    for (let i = 0; i < 3; i++) await post('/look')

    expect(shedding.counts).toEqual({ ...before, browsing: before.browsing + 3 })
    expect(told.filter((msg) => msg === 'load.shed').length).toBeLessThanOrEqual(1) // a test before may have begun it
  })
})
