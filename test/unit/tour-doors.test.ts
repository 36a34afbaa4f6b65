import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Demo } from '../../services/control/demo/demo.ts'
import { openTour } from '../../services/control/tour/open-tour.ts'
import { readConfig } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { services } from '../../shared/routes.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import { problemOf } from '../order-rig.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const PAGE = 'made-up-by-a-page'
const redis = useRedis()
const log = createLogger('control', 'silent')
let told: string[]
let folder: string
let tour: ReturnType<typeof openTour>
let server: HttpServer

/** The launcher, as far as the tutorial's programs are concerned. */
function launcher(): Demo {
  const states = new Map(['tutorial-producer', 'tutorial-consumer'].map((name) => [name, 'stopped']))
  const control = async (action: string, name: string) => {
    told.push(`${action} ${name}`)
    states.set(name, action === 'start' ? 'up' : 'stopped')
  }
  const onDemand = async () => [...states].map(([name, state]) => ({ name, state }))
  const processes = async () => services.map((name) => ({ name, state: 'up' }))
  return { control, onDemand, processes, steps: async () => {}, dieAt: async () => {} } as never // the rest is not asked
}

beforeEach(async () => {
  told = []
  folder = await mkdtemp(join(tmpdir(), 'orderline-tour-'))
  const config = readConfig({ DATA_DIR: folder, REDIS_URL: redis.url, ORDER_URL: 'http://127.0.0.1:9' }) // nobody is there
  const ask = async () => null
  tour = openTour({ config, demo: launcher(), redis: redis.client, ask, mailbox: null, services, log } as never)
  const admin = { admin: (_req: unknown, _res: unknown, next: () => void) => next() }
  const app = createApp(log, (routes) => mountEndpoints(routes, tour.endpoints, admin))
  server = await listen(app, 0, '127.0.0.1')
})

afterEach(async () => {
  tour.stop()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const post = (path: string, body: object) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify(body),
  })

/** What each door of the tour takes for something that can be asked. */
const asked: Record<string, object> = {
  '/api/admin/tour': { action: 'restore' },
  '/api/admin/tour/loop': { action: 'send', count: 1 },
  '/api/admin/tour/sign-up': { way: 'queue', language: 'en' },
  '/api/admin/tour/bus': { action: 'come' },
  '/api/admin/tour/sale': { action: 'naive', units: 10, buyers: 10 },
  '/api/admin/tour/peaks': { action: 'send', way: 'queue', seconds: [1], perSecond: 1 },
  '/api/admin/tour/pubsub': { action: 'talk', kind: 'talk', listeners: 100 },
}

describe('every door of the tour', () => {
  const isDoor = ({ method, path }: Endpoint) => method === 'post' && path.startsWith('/api/admin/tour')

  it('wants to know which page asks, and refuses one that follows no tour', async () => {
    const doors = tour.endpoints.filter(isDoor).map(({ path }) => path)
    expect(doors.sort()).toEqual(Object.keys(asked).sort())

    for (const path of doors) {
      const [nameless, stranger] = [
        await post(path, asked[path] ?? {}),
        await post(path, { page: PAGE, ...asked[path] }),
      ]
      expect(await problemOf(nameless)).toMatchObject({ status: 422, fields: expect.arrayContaining(['page']) })
      const refusal = await problemOf(stranger)
      expect([path, refusal]).toEqual([path, expect.objectContaining({ status: 409 })])
      expect(refusal.detail).toBe('No such page follows the tour: nobody would mend it.')
    }
  })
})

describe('the door of the loop', () => {
  it('ends what a page began that never watched it, when that page has gone', async () => {
    const gone = new AbortController()
    const stream = await fetch(`${server.url}/api/admin/tour/live?page=${PAGE}`, { signal: gone.signal })
    told = []
    expect((await post('/api/admin/tour/loop', { page: PAGE, action: 'repair' })).status).toBe(202)
    expect([stream.status, told]).toEqual([200, ['start tutorial-producer', 'start tutorial-consumer']])

    gone.abort()

    await until(() => told.includes('stop tutorial-consumer'), { what: 'the tutorial to be stopped' })
  })
})
