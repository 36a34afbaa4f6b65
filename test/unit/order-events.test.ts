import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Client, openOrders } from '../../services/order/db.ts'
import { followOrder } from '../../services/order/follow-order.ts'
import { createFeed, type Feed } from '../../services/order/timeline-feed.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import type { Database } from '../../shared/store/database.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createApp, type Express, type HttpServer, listen } from '../../shared/web/http.ts'
import { createStreams } from '../../shared/web/streams.ts'
import { withKey } from '../order-key.ts'
import { problemOf, results, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const log = createLogger('test', 'silent')
const { reserved, captured, refunded } = results

type Heard = { id: string; event: string }

/** Reads the events of an order as a browser would, until it is closed. */
class Listener {
  readonly heard: Heard[] = []
  readonly raw: string[] = []
  isOver = false
  readonly #controller = new AbortController()

  static async open(id: string, headers: Record<string, string> = {}): Promise<Listener> {
    const listener = new Listener()
    const { signal } = listener.#controller
    const all = { ...withKey(id), ...headers }
    const answer = await fetch(`${orders.url}/api/orders/${id}/events`, { headers: all, signal })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    listener.#read(answer).catch(() => {})
    return listener
  }

  async #read({ body }: Response): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) this.#hear(block)
    }
    this.isOver = true
  }

  #hear(block: string): void {
    this.raw.push(block)
    const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? []
    if (id && data) this.heard.push({ id, event: JSON.parse(data).event })
  }

  hears = (count: number) => until(() => this.heard.length >= count, { what: `${count} events` })
  events = () => this.heard.map(({ event }) => event)
  close = () => this.#controller.abort()
}

describe('the events of an order', () => {
  it('are what has been, then what comes', async () => {
    const id = await orders.place()
    await tell(orders.redis, reserved(id))
    await until(async () => (await orders.story(id)).state === 'paying')

    const listener = await Listener.open(id)
    await listener.hears(2)
    await tell(orders.redis, captured(id))
    await listener.hears(3)
    await orders.cancel(id)
    await tell(orders.redis, refunded(id))
    await listener.hears(5)

    expect(listener.events()).toEqual([
      'order.placed',
      'stock.reserved',
      'payment.captured',
      'order.cancelled',
      'payment.refunded',
    ])
    expect(listener.raw[0]).toBe('retry: 1000')
    listener.close()
  })

  it('are the entries of the timeline, under their numbers', async () => {
    const id = await orders.place()
    await orders.cancel(id)
    const listener = await Listener.open(id)
    await listener.hears(2)

    const { timeline } = await orders.story(id)

    expect(listener.heard.map((one) => one.id)).toEqual(timeline.map(({ seq }) => String(seq)))
    expect(listener.raw.at(-1)).toBe(`id: ${timeline.at(-1)?.seq}\ndata: ${JSON.stringify(timeline.at(-1))}`)
    listener.close()
  })

  it('go on after the last one seen', async () => {
    const id = await orders.place()
    const first = await Listener.open(id)
    await first.hears(1)
    first.close()
    await orders.cancel(id)

    const second = await Listener.open(id, { 'Last-Event-ID': first.heard[0]?.id ?? '' })
    await second.hears(1)

    expect(second.events()).toEqual(['order.cancelled'])
    second.close()
  })

  it('come from the beginning for an id that makes no sense', async () => {
    const id = await orders.place()

    const listener = await Listener.open(id, { 'Last-Event-ID': '1 OR 1' })
    await listener.hears(1)

    expect(listener.events()).toEqual(['order.placed'])
    listener.close()
  })

  it('reach everyone who listens, and only of the order they listen to', async () => {
    const [a, b] = [await orders.place(), await orders.place()]
    const listeners = await Promise.all([a, a, b, b].map((id) => Listener.open(id)))
    await tell(orders.redis, reserved(a), reserved(b), captured(b))

    await Promise.all(listeners.map((listener, i) => listener.hears(i < 2 ? 2 : 3)))

    expect(listeners.map((listener) => listener.events().length)).toEqual([2, 2, 3, 3])
    for (const listener of listeners) listener.close()
  })

  it('end when the service does, at once', async () => {
    const listener = await Listener.open(await orders.place())
    await listener.hears(1)
    const since = Date.now()

    const stopping = orders.shutDown()
    await until(() => listener.isOver)

    expect(Date.now() - since).toBeLessThan(500)
    await stopping
  })
})

describe('the streams', () => {
  const [client, other] = ['203.0.113.7', '2001:db8::1']
  let server: HttpServer
  let db: Database<Client>
  let feed: Feed
  let path: string
  let open: AbortController[]

  beforeEach(async () => {
    path = `/api/orders/${await orders.place()}/events`
    open = []
    db = await openOrders(orders.folder)
    feed = createFeed(db.read, createHealth(log))
    const endpoint = followOrder({ read: db.read, feed, limits: { max: 3, perClientMax: 2 } })
    const mount = (routes: Express) => mountEndpoints(routes, [endpoint], { admin: (_req, _res, next) => next() })
    server = await listen(createApp(log, mount, { proxies: 'loopback' }), 0, '127.0.0.1')
  })
  afterEach(async () => {
    await feed.stop()
    await server.close()
    await db.close()
  })

  async function follow(address: string, method = 'GET'): Promise<Response> {
    const controller = new AbortController()
    open.push(controller)
    const headers = { 'x-forwarded-for': address }
    return fetch(server.url + path, { method, headers, signal: controller.signal })
  }

  it('are for so many at once, and for the next one when somebody leaves', async () => {
    for (const address of [client, client, other]) expect((await follow(address)).status).toBe(200)
    const refused = await follow('198.51.100.1')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10'])
    expect(await problemOf(refused)).toMatchObject({ title: 'Too many streams' })

    open[0]?.abort()

    await until(async () => (await follow('198.51.100.1')).status === 200)
  })

  it('are not all for one client, who may have a whole /64 of addresses', async () => {
    for (const address of ['2001:db8::1', '2001:db8::ffff:2']) expect((await follow(address)).status).toBe(200)

    const refused = await follow('2001:db8:0:0:1::3')
    expect(refused.headers.get('ratelimit-policy')).toBe('"streams";q=2;qu="concurrent-requests"')
    expect(await problemOf(refused)).toMatchObject({ status: 429 })
    expect((await follow('2001:db8:0:1::1')).status).toBe(200)
  })

  it('are only told of to HEAD, which ends at once and takes no place', async () => {
    for (let i = 0; i < 10; i++) {
      const answer = await follow(client, 'HEAD')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
      expect(await answer.text()).toBe('')
    }
    expect((await follow(client)).status).toBe(200)
  })

  it('that could not be opened take no place', async () => {
    const openStream = createStreams({ max: 1, perClientMax: 1 })
    const mount = (routes: Express) => {
      routes.get('/late', (req, res) => {
        res.write('answered already')
        openStream(req, res, () => {})
      })
      routes.get('/', (req, res) => void openStream(req, res, () => {}))
    }
    const other = await listen(createApp(log, mount), 0, '127.0.0.1')

    await expect(fetch(`${other.url}/late`).then((answer) => answer.text())).rejects.toThrow()

    expect((await fetch(other.url)).status).toBe(200)
    expect((await fetch(other.url)).status).toBe(503)
    await other.close()
  })

  it('of those who go at once are free again', async () => {
    for (let i = 0; i < 10; i++) {
      const going = follow(client).catch(() => {})
      await delay(i)
      open.at(-1)?.abort()
      await going
    }
    await until(async () => (await follow(client)).status === 200)
  })
})

describe('the feed', () => {
  const follower = { orderId: 'none', after: 0, hear: () => {}, end: () => {} }
  let db: Database<Client>
  let feed: Feed
  let looks: number[] // when (ms)

  beforeEach(async () => {
    db = await openOrders(orders.folder)
    looks = []
    feed = createFeed(noting(db.read), createHealth(log))
    feed.follow(follower)
    await until(() => looks.length > 0)
  })

  afterEach(async () => {
    await feed.stop()
    await db.close()
  })

  /** The same client, which notes when it is asked. */
  function noting(read: Client): Client {
    return new Proxy(read, {
      get: (client, name) => {
        if (name === '$queryRaw') looks.push(performance.now())
        return Reflect.get(client, name)
      },
    })
  }

  it('looks at once after a commit when it is quiet', async () => {
    const waits: number[] = []
    for (let tries = 0; tries < 10; tries++) {
      await delay(50)
      const [sinceMs, before] = [performance.now(), looks.length]
      feed.nudge()
      await until(() => looks.length > before)
      waits.push((looks[before] ?? 0) - sinceMs)
    }

    expect(Math.min(...waits)).toBeLessThan(5)
  })

  it('has many commits share one look', async () => {
    const before = looks.length
    for (let commits = 0; commits < 1_000; commits++) feed.nudge()
    await delay(50)

    expect(looks.length - before).toBeLessThanOrEqual(2)
  })
})
