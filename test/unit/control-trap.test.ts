import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { start } from '../../services/inventory/main.ts'
import { workersKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import type { Beat } from '../../shared/protocol/workers.ts'
import type { Running } from '../../shared/service.ts'
import { createAsk } from '../../shared/web/ask-service.ts'
import { SECRET } from '../calls.ts'
import { useControl } from '../control-rig.ts'
import { problemOf, TOKEN } from '../order-rig.ts'

const control = useControl()
const { orders } = control

type Heard = { method: string; path: string; headers: IncomingHttpHeaders; body: string }

/** Somebody who listens on this machine, and notes all that comes. */
async function setTrap(answer: RequestListener) {
  const heard: Heard[] = []
  const server = createServer(async (req, res) => {
    const { method = '', url: path = '', headers } = req
    let body = ''
    for await (const chunk of req) body += chunk
    heard.push({ method, path, headers, body })
    answer(req, res)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => void server.close().closeAllConnections()
  return { url: `http://127.0.0.1:${port}`, port, heard, close }
}

/** What a worker says of itself that is none, to whoever asks Redis. */
async function forge(url: string): Promise<void> {
  const counts = { incarnation: 0, handled: 0, retried: 0, buried: 0, inFlight: 0 }
  const beat: Beat = { host: hostname(), pid: process.pid, at: Date.now(), startedAt: Date.now(), ...counts, url }
  await control.redis.client.hset(workersKey('inventory'), 'inventory-0-trap', JSON.stringify(beat))
}

const DELIVERY = { sku: 'PRT-001', quantity: 5 }
const gone: RequestListener = (_req, res) => void res.writeHead(500).end('{}')
let trap: Awaited<ReturnType<typeof setTrap>>
beforeEach(async () => {
  trap = await setTrap(gone)
})
afterEach(() => trap.close())

describe('a forged heartbeat', () => {
  let inventory: Running
  beforeEach(async () => {
    const nobody = 'redis://127.0.0.1:1' // where it cannot say where it is, so that the trap is asked
    inventory = await start({ ...control.config(), OPS_PORT: 0, REDIS_URL: nobody })
  })
  afterEach(() => inventory.stop())

  it('brings neither the admin token, nor a session, nor anything that would do at a real worker’s', async () => {
    await forge(trap.url)
    const { headers } = await control.post('/control', { token: TOKEN })
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    const session = { cookie, 'sec-fetch-site': 'same-origin' }

    await control.adminPost('restock', DELIVERY)
    await orders.adminPost('dead-letters/replay', {})
    await orders.post('/api/admin/restock', DELIVERY, session)
    await orders.get('/api/admin/dead-letters', session)

    const paths = trap.heard.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
    expect(new Set(paths)).toEqual(
      new Set(['POST /ops/restock', 'POST /ops/dead-letters/replay', 'GET /ops/dead-letters']),
    )
    const all = JSON.stringify(trap.heard)
    for (const secret of [TOKEN, SECRET, cookie, cookie.split('=')[1] ?? '']) expect(all).not.toContain(secret)
    for (const { method, path, headers: caught, body } of trap.heard) {
      const { authorization = '', 'content-type': type = 'text/plain' } = caught
      const init = { method, headers: { authorization, 'content-type': type }, ...(method === 'POST' && { body }) }
      for (const url of [inventory.url, orders.url])
        expect([method, path, (await fetch(url + path, init)).status]).toEqual([method, path, 401])
    }
  })
})

describe('an answer from an address that Redis names', () => {
  const restock = () => control.adminPost('restock', DELIVERY)

  it.each([401, 403])('of a stranger is not passed on to who asked: %i', async (status) => {
    trap.close()
    const refusal = { type: 'about:blank', title: 'No', status, detail: 'Say your token again.' }
    trap = await setTrap((_req, res) => void res.writeHead(status).end(JSON.stringify(refusal)))
    await forge(trap.url)

    expect(await problemOf(await restock())).toMatchObject({
      status: 503,
      detail: expect.stringContaining('inventory'),
    })
    expect(trap.heard).toHaveLength(1)
  })

  it('without an end is read to a limit', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    let sentBytes = 0
    trap.close()
    trap = await setTrap((_req, res) => {
      const more = () => {
        for (sentBytes += chunk.length; res.write(chunk); sentBytes += chunk.length) if (res.destroyed) return
      }
      res.on('drain', more)
      more()
    })
    await forge(trap.url)

    expect(await problemOf(await restock())).toMatchObject({ status: 503 })
    expect(sentBytes).toBeLessThan(64 * 1024 * 1024)
  })

  it('that never comes is not waited for', async () => {
    trap.close()
    trap = await setTrap((_req, res) => void res.write('{'))
    await forge(trap.url)
    const since = performance.now()

    expect(await problemOf(await restock())).toMatchObject({ status: 503 })
    expect(performance.now() - since).toBeLessThan(4_000)
  })

  it('to go elsewhere is not followed', async () => {
    const other = await setTrap(gone)
    trap.close()
    trap = await setTrap((_req, res) => void res.writeHead(307, { location: `${other.url}/ops/restock` }).end('{}'))
    await forge(trap.url)

    await restock()

    expect([trap.heard.length, other.heard.length]).toEqual([1, 0])
    other.close()
  })
})

describe('an address in a heartbeat', () => {
  it('that will not do is told, and nothing is sent there', async () => {
    const told: object[] = []
    const log = Object.assign(createLogger('test', 'silent'), { warn: (facts: object) => void told.push(facts) })
    const ask = createAsk({ redis: control.redis.client, told: { order: orders.url }, secret: SECRET, log })
    const url = `http://admin:guess@127.0.0.1:${trap.port}`

    await forge(url)
    for (let i = 0; i < 3; i++) expect(await ask('inventory', '/ops/dead-letters')).toBeNull()
    await forge(`http://localhost:${trap.port}`)
    expect(await ask('inventory', '/ops/dead-letters')).toMatchObject({ status: 500 })

    expect(told).toEqual([{ service: 'inventory', url, reason: 'it is not of the form http://host:port', count: 1 }])
    expect(trap.heard.map(({ headers }) => headers.host)).toEqual([`localhost:${trap.port}`])
  })
})
