import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { start } from '../../services/logs/main.ts'
import { readConfig } from '../../shared/config.ts'
import type { Running } from '../../shared/service.ts'
import { documentAt, keepsPromise, openToAnyone, ownersIn, routesIn, untold } from '../api-document.ts'
import { call, SECRET } from '../calls.ts'
import type { Said } from '../log-bed.ts'
import { problemOf, TOKEN, useOrdersWithRedis } from '../order-rig.ts'
import { PREFIX } from '../redis-server.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
let folder: string
let running: Running
let n: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-logs-api-'))
  mkdirSync(join(folder, 'logs'))
  n = 0
  const quiet = { REDIS_PREFIX: PREFIX, LOGS_PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
  const own = { DATA_DIR: folder, REDIS_URL: orders.redis.url, ORDER_URL: orders.url }
  running = await start(readConfig({ ...quiet, ...own, ADMIN_TOKEN: TOKEN, CALL_SECRET: SECRET }))
  await until(async () => Object(await (await fetch(`${running.url}/readyz`)).json()).redis, {
    what: 'Redis to be found',
  })
})
afterEach(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

const admin = { authorization: `Bearer ${TOKEN}` }
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${running.url}/api/admin/logs${path}`, { headers: { ...admin, ...headers } })
const read = async (path: string) => Object(await (await get(path)).json())

/** Writes lines into a log file, as a program does; they are collected from there. */
function write(...said: Partial<Said>[]): void {
  const lines = said.map((one) => JSON.stringify({ level: 30, time: Date.now(), service: 'order', msg: 'x', ...one }))
  appendFileSync(
    join(folder, 'logs', 'test.log'),
    lines.map((line) => `{"run":"runs","n":${++n},${line.slice(1)}\n`).join(''),
  )
}
const ask = async (body: object) => Object(await (await call(running.url, '/ops/lines', body)).json())
const whenKept = (count: number) =>
  until(async () => (await read('/completeness')).lines === count, { what: `${count} lines to be kept` })

/** What the lines of one order say that went well. */
const storyOf = (order: string, subject = `id-of-${order}`): Partial<Said>[] => [
  { service: 'order', msg: 'order.placed', order, subject },
  { service: 'inventory', msg: 'stock.reserved', order, subject, ms: 12 },
  { service: 'payment', msg: 'payment.captured', order, subject, ms: 40 },
  { service: 'notification', msg: 'mail.sent', event: 'payment.captured', order, subject, ms: 9 },
]

describe('the API of logs', () => {
  it('promises in its document what it answers, to the admin alone', async () => {
    write(
      ...storyOf('OL-1000001'),
      { msg: 'http.failed', level: 50, reason: 'boom', service: 'payment' },
      { level: 40 },
    )
    await whenKept(6)

    for (const [path, query] of [
      ['', '?subject=OL-1000001&limit=2'],
      ['', '?q=no&until=yesterday'],
      ['/summary', ''],
      ['/summary', '?minutes=0'],
      ['/funnel', ''],
      ['/errors', ''],
      ['/completeness', ''],
      ['/checks', ''],
      ['/archive', ''],
    ])
      await keepsPromise(running.url, 'get', `/api/admin/logs${path}`, await get(`${path}${query}`))
    expect(routesIn(await documentAt(running.url)).toSorted()).toEqual([
      'get /api/admin/logs',
      'get /api/admin/logs/archive',
      'get /api/admin/logs/checks',
      'get /api/admin/logs/completeness',
      'get /api/admin/logs/errors',
      'get /api/admin/logs/funnel',
      'get /api/admin/logs/summary',
      'get /api/admin/logs/watch',
    ])
    expect(await ownersIn(running.url)).toEqual(['logs'])
    expect(await openToAnyone(running.url)).toEqual([])
    expect(await untold(running.url)).toEqual([])
  })

  it('shows how far orders have come, what went wrong, and what is missing', async () => {
    write(...storyOf('OL-1000001'), ...storyOf('OL-1000002').slice(0, 2))
    write({ service: 'payment', msg: 'payment.declined', order: 'OL-1000002' })
    for (const id of [1, 2])
      write({ service: 'payment', msg: 'trouble.began', level: 50, reason: `no answer from ${id}` })
    await whenKept(9)
    n = 11
    write({})
    await whenKept(10)

    const { steps, exits, perMinute } = await read('/funnel?minutes=2')
    expect(steps).toMatchObject([
      { step: 'placed', count: 2, share: 1, p50Ms: null },
      { step: 'reserved', count: 2, share: 1 },
      { step: 'paid', count: 1, share: 0.5 },
      { step: 'mailed', count: 1, share: 0.5 },
    ])
    expect(exits).toContainEqual({ exit: 'declined', count: 1, share: 0.5 })
    expect(perMinute.map(({ placed }: { placed: number }) => placed).reduce((a: number, b: number) => a + b)).toBe(2)
    expect(await read('/errors')).toMatchObject({
      errors: [{ service: 'payment', msg: 'trouble.began', words: 'no answer from …', count: 2 }],
      total: 2,
    })
    expect(await read('/completeness')).toMatchObject({
      ...{ isComplete: false, runs: 1, lines: 10, missing: 2 },
      newestRuns: [{ run: 'runs', last: 12, lines: 10, missing: 2 }],
    })
  })

  it('says so when order cannot be asked, in the language of whoever asks', async () => {
    await orders.shutDown()

    const refused = await get('/checks', { 'accept-language': 'zh' })

    expect(refused.headers.get('content-language')).toBe('zh')
    expect(await problemOf(refused)).toMatchObject({ status: 503, title: '服务暂不可用' })
  })

  it('names the field that is wrong', async () => {
    const refused = await get('?limit=0')

    expect(await problemOf(refused)).toMatchObject({ status: 422, errors: [{ field: 'limit' }] })
  })

  it('streams the last lines and those that come, and goes on where a stream ended', async () => {
    write({ msg: 'before' }, { msg: 'other', service: 'payment' })
    await whenKept(2)
    const stream = await open('/watch?service=order')
    await until(() => stream.words().includes('before'))

    write({ msg: 'after' }, { msg: 'hidden', service: 'payment' })
    await until(() => stream.words().includes('after'))
    stream.close()
    write({ msg: 'later' })
    await whenKept(5)
    const again = await open('/watch?service=order', { 'last-event-id': stream.lastId() })
    await until(() => again.words().includes('later'))
    again.close()

    expect(stream.words()).toEqual(['before', 'after'])
    expect(again.words()).toEqual(['later'])
  })
})

describe('what logs tells other programs', () => {
  it('is what is new for each text, the last lines for those who begin, and what each service has said last', async () => {
    write({ msg: 'one' }, { msg: 'two', service: 'payment' })
    await whenKept(2)
    const first = await ask({ after: null, watched: [], begun: ['', 'payment'] })
    write({ msg: 'three', service: 'payment' })
    await whenKept(3)

    const second = await ask({ after: first.upTo, watched: ['', 'two'], begun: [] })

    const counts = (told: { text: string; lines: string[] }[]) => told.map(({ text, lines }) => [text, lines.length])
    expect([counts(first.before), counts(second.news)]).toEqual([
      [
        ['', 2],
        ['payment', 1],
      ],
      [
        ['', 1],
        ['two', 0],
      ],
    ])
    expect(first.facts).toHaveLength(2)
    expect(second.facts).toEqual([expect.stringContaining('three')])
  })

  it('is for programs of ours alone', async () => {
    const asked = await fetch(`${running.url}/ops/lines`, { method: 'POST', headers: admin })

    expect(asked.status).toBe(401)
  })
})

/** A stream of lines, and what they say. */
async function open(path: string, headers: Record<string, string> = {}) {
  const closing = new AbortController()
  const answer = await fetch(`${running.url}/api/admin/logs${path}`, {
    headers: { ...admin, ...headers },
    signal: closing.signal,
  })
  let text = ''
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString()
  })().catch(() => {}) // it was closed
  return {
    words: () =>
      [...text.matchAll(/^data: (.*)$/gm)].flatMap(([, json = '']) => JSON.parse(json).lines).map(({ msg }) => msg),
    lastId: () => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '',
    close: () => {
      closing.abort()
      return reading
    },
  }
}
