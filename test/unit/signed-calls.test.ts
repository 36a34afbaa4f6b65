import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLogger } from '../../shared/logger.ts'
import { type CallDoor, createCallDoor } from '../../shared/web/accept-calls.ts'
import { createApp, type Express, type HttpServer, listen } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import { type Call, sign } from '../../shared/web/signed-call.ts'
import { call, SECRET } from '../calls.ts'
import { problemOf } from '../order-rig.ts'

const MINUTE = 60_000

let now: number
let told: [object, string][]
let server: HttpServer
beforeEach(async () => {
  now = Date.now()
  told = []
  server = await open()
})
afterEach(() => server.close())

/** A service called inventory that says what it was asked. */
async function open(secret: string | null = SECRET): Promise<HttpServer> {
  const log = Object.assign(createLogger('test', 'silent'), {
    warn: (...line: [object, string]) => void told.push(line),
  })
  const door: CallDoor = createCallDoor({
    name: 'inventory',
    secret: secret ?? undefined,
    log,
    now: () => now,
    steady: () => 0,
  })
  const mount = (app: Express) => {
    app.use('/ops', door.require)
    app.get('/ops/stock', (req, res) => void res.json(req.query))
    app.post('/ops/restock', readJson, (req, res) => void res.json(req.body))
    app.put('/ops/restock', readJson, (req, res) => void res.json(req.body))
  }
  const opened = await listen(createApp(log, mount), 0, '127.0.0.1')
  door.answerAt(opened.url)
  return opened
}

type Sent = { method: string; path: string; body?: string; authorization?: string }

async function send({ method, path, body, authorization }: Sent) {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
  return fetch(server.url + path, { method, headers, ...(body !== undefined && { body }) })
}
const DELIVERY = JSON.stringify({ sku: 'MUG-001', quantity: 5 })
const signed = (parts: Partial<Call> = {}, { secret = SECRET, at = now, body = DELIVERY } = {}) =>
  sign({ to: server.url, method: 'POST', path: '/ops/restock', ...parts }, body, secret, at)
const restock = (parts: Partial<Sent> = {}) =>
  send({ method: 'POST', path: '/ops/restock', body: DELIVERY, authorization: signed(), ...parts })

describe('a call between programs of ours', () => {
  it('is answered, by the address that is told to others and by name', async () => {
    expect(await (await call(server.url, '/ops/stock?sku=MUG-001')).json()).toEqual({ sku: 'MUG-001' })
    expect(await (await restock()).json()).toEqual(JSON.parse(DELIVERY))
    expect((await restock({ authorization: signed({ to: 'inventory' }) })).status).toBe(200)
  })

  it.each<[string, () => Partial<Sent>]>([
    ['not signed', () => ({ authorization: '' })],
    ['by the admin, who is no program', () => ({ authorization: 'Bearer token-of-the-test' })],
    ['signed by halves', () => ({ authorization: signed().slice(0, -1) })],
    ['signed with another secret', () => ({ authorization: signed({}, { secret: `${SECRET}x` }) })],
    ['for another method', () => ({ method: 'PUT' })],
    ['for another path', () => ({ authorization: signed({ path: '/ops/dead-letters/replay' }) })],
    ['for the same path with another query', () => ({ path: '/ops/restock?twice=1' })],
    ['for another body', () => ({ body: DELIVERY.replace('5', '500') })],
    ['for a body, without it', () => ({ body: '' })],
    ['for another service', () => ({ authorization: signed({ to: 'payment' }) })],
    ['for another address', () => ({ authorization: signed({ to: 'http://127.0.0.1:1' }) })],
    ['of half a minute ago', () => ({ authorization: signed({}, { at: now - 30_001 }) })],
    ['of half a minute ahead', () => ({ authorization: signed({}, { at: now + 30_001 }) })],
    ['of another moment than it says', () => ({ authorization: signed().replace(String(now), String(now + 1)) })],
  ])('is refused when it is %s', async (_what, parts) => {
    now += MINUTE // or it would have been made before this service was started

    const answer = await restock(parts())

    expect(answer.headers.get('www-authenticate')).toBe('Orderline')
    expect(await problemOf(answer)).toMatchObject({ status: 401 })
    expect((await restock()).status).toBe(200)
  })

  it('is taken by a service whose clock was an hour ahead when it started, as soon as it is right', async () => {
    now -= 60 * MINUTE
    const soon = signed({}, { at: now + 1_000 })

    expect((await restock({ authorization: soon })).status).toBe(200)
    expect((await restock({ authorization: signed({}, { at: now - 10_000 }) })).status).toBe(401) // it was not there yet
  })

  it('is refused when it comes again, whenever, and a changed copy does not use it up', async () => {
    const authorization = signed()
    expect((await restock({ authorization, body: '{}' })).status).toBe(401)

    const copies = await Promise.all(Array.from({ length: 5 }, () => restock({ authorization })))

    expect(copies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
    now += 29_000
    expect((await restock({ authorization })).status).toBe(401)
  })

  it('is refused when it comes again to a service that has forgotten it in a restart', async () => {
    const authorization = signed({ to: 'inventory' })
    expect((await restock({ authorization })).status).toBe(200)
    await server.close()
    now += 1

    server = await open()

    expect((await restock({ authorization })).status).toBe(401)
    expect((await restock()).status).toBe(200)
  })

  it('that is refused is told with whose it was and why, once a minute', async () => {
    for (let i = 0; i < 3; i++) await restock({ authorization: '' })

    expect(told).toEqual([[{ address: '127.0.0.1', reason: 'it is not signed', count: 1 }, 'call.refused']])
  })

  it('is nobody’s where there is no secret', async () => {
    await server.close()
    server = await open(null)

    expect(await problemOf(await restock())).toMatchObject({
      status: 403,
      detail: expect.stringContaining('CALL_SECRET'),
    })
  })
})
