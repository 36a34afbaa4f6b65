import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import type { Config } from '../../shared/config.ts'
import { useControl } from '../control-rig.ts'
import { problemOf, TOKEN, wish } from '../order-rig.ts'
import { talk } from '../raw-http.ts'
import { Room } from '../room.ts'
import { until } from '../until.ts'

const control = useControl()
const { orders } = control

describe('the one address for people', () => {
  it('shows the pages of all services, and what they consist of', async () => {
    for (const path of ['/control', '/control/assets/control.css']) {
      const [here, there] = [await orders.get(path), await control.get(path)]
      expect([here.status, await here.text()]).toEqual([200, await there.text()])
    }
  })

  it('passes what is sent on to whoever it is for', async () => {
    const answer = await orders.adminPost('restock', { sku: 'MUG-001', quantity: 0 })

    expect(await problemOf(answer)).toMatchObject({ status: 422, fields: ['quantity'] })
  })

  it('is any address: an order can be placed where the control room is', async () => {
    const answer = await control.post('/api/orders', wish())

    expect(answer.status).toBe(201)
    expect((await control.get('/', { accept: 'text/html' })).status).toBe(200)
    expect((await control.get('/docs')).status).toBe(200)
  })

  it('brings the answer back to who is still uploading what nobody wants', async () => {
    const head = 'GET /api/products HTTP/1.1\nHost: x\nContent-Length: 1048576\nConnection: close\n\n'
    const heads = await Promise.all(
      Array.from({ length: 8 }, async () => talk(control.url, head + ' '.repeat(1_048_576))),
    )

    expect(new Set(heads.map(({ said }) => said.split('\r\n')[0]))).toEqual(new Set(['HTTP/1.1 200 OK']))
  })

  it('brings a stream as it comes, and lets it go when the reader goes', async () => {
    const room = await Room.open(orders.url)
    await until(() => room.events.length > 2, { what: 'news, look by look' })
    expect(await openRooms()).toBe(1)

    room.close()

    await until(async () => (await openRooms()) === 0, { what: 'control to be left' })
  })

  it('ends a stream when the owner ends it', async () => {
    const room = await Room.open(orders.url)
    await until(() => room.events.length > 0)

    await control.stop()

    await until(() => room.isClosed)
  })

  it('says who is away, and opens again when they are back', async () => {
    await control.stop()
    const away = await orders.get('/control')
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await problemOf(away)).toMatchObject({ status: 503, detail: expect.stringContaining('control') })
    expect((await orders.order()).status).toBe(201)

    await control.start()

    expect((await orders.get('/control')).status).toBe(200)
  })

  it('lets no page of somebody else change anything, at either address', async () => {
    for (const url of [orders.url, control.url]) {
      const cookie = await signIn(url)
      const replay = (headers: Record<string, string>) =>
        fetch(`${url}/api/admin/dead-letters/replay`, { method: 'POST', headers: { cookie, ...headers } })

      expect((await replay({})).status).toBe(403)
      expect((await replay({ origin: 'http://localhost:1' })).status).toBe(403)
      expect((await replay({ origin: url, 'sec-fetch-site': 'same-site' })).status).toBe(403)
      expect((await replay({ origin: url })).status).toBe(200)
    }
  })

  it('takes the cookie that the other address gave', async () => {
    const cookie = await signIn(orders.url)

    expect((await control.get('/api/admin/session', { cookie })).status).toBe(200)
    expect((await orders.get('/api/admin/session', { cookie: await signIn(control.url) })).status).toBe(200)
  })

  it.each([
    [undefined, '127.0.0.1', 'http'],
    ['loopback', '203.0.113.7', 'https'],
  ])('tells who asks and how, as far as it believes it: TRUST_PROXY=%s', async (TRUST_PROXY, ip, protocol) => {
    const listener = await listen()
    await restartOrder({ CONTROL_URL: listener.url, TRUST_PROXY })

    await orders.get('/control', { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' })

    const { host } = new URL(orders.url)
    expect(listener.heard).toMatchObject({ host, 'x-forwarded-host': host })
    expect(listener.heard).toMatchObject({ 'x-forwarded-for': ip, 'x-forwarded-proto': protocol })
    await listener.close()
  })

  it('sends nothing round in circles', async () => {
    await restartOrder({ CONTROL_URL: orders.url })

    expect(await problemOf(await orders.get('/control'))).toMatchObject({ status: 508 })
  })
})

async function openRooms(): Promise<number> {
  const metrics = await (await control.get('/metrics')).text()
  return Number(/^orderline_rooms_open\{.*\} (\d+)$/m.exec(metrics)?.[1])
}

/** The cookie of whoever comes by the link that `npm start` prints. */
async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/control?token=${TOKEN}`, { redirect: 'manual' })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function restartOrder(more: Partial<Config>): Promise<void> {
  await orders.shutDown()
  await orders.boot(more)
}

/** Someone in the place of control who notes the headers of the last request. */
async function listen() {
  const listener = { url: '', heard: {} as IncomingHttpHeaders, close: async () => {} }
  const server = createServer((req, res) => {
    listener.heard = req.headers
    res.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => void server.close().closeAllConnections()
  return Object.assign(listener, { url: `http://127.0.0.1:${port}`, close })
}
