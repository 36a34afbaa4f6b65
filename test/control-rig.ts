import { afterEach, beforeEach } from '@jest/globals'
import { pickPorts } from '../launcher/ports.ts'
import { start } from '../services/control/main.ts'
import type { Running } from '../shared/service.ts'
import { OrderRig, TOKEN } from './order-rig.ts'
import { type TestRedis, useRedis } from './redis-server.ts'
import { until } from './until.ts'

type Headers = Record<string, string>

/** For every test of the file control and an order service that know each other's address, and a Redis. */
export function useControl(env: Record<string, string> = {}): ControlRig {
  const rig = new ControlRig(env, useRedis())
  beforeEach(() => rig.open())
  afterEach(() => rig.close())
  return rig
}

class ControlRig {
  readonly orders = new OrderRig()
  readonly redis: TestRedis
  readonly #env: Record<string, string>
  url = ''
  #running: Running | undefined

  constructor(env: Record<string, string>, redis: TestRedis) {
    this.#env = env
    this.redis = redis
  }

  async open(): Promise<void> {
    const [shop, control] = await pickPorts(2)
    const addresses = { ORDER_URL: `http://127.0.0.1:${shop}`, CONTROL_URL: `http://127.0.0.1:${control}` }
    this.orders.env = { PORT: String(shop), CONTROL_PORT: String(control), ...addresses, ...this.#env }
    await this.orders.open(this.redis.url)
    await this.start()
    await until(() => this.orders.isReady(), { what: 'order to have found Redis' })
    await until(async () => (await this.admin('queues')).status === 200, { what: 'control to have found Redis' })
  }

  config = () => this.orders.config()

  async start(): Promise<void> {
    this.#running = await start(this.config())
    this.url = this.#running.url
  }

  async stop(): Promise<void> {
    await this.#running?.stop()
    this.#running = undefined
  }

  async close(): Promise<void> {
    await this.stop()
    await this.orders.remove()
  }

  get = (path: string, headers: Headers = {}) => fetch(this.url + path, { headers, redirect: 'manual' })

  post(path: string, body?: unknown, headers: Headers = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', ...headers }
    return fetch(this.url + path, { method: 'POST', headers: all, body: JSON.stringify(body) })
  }

  admin = (path: string) => this.get(`/api/admin/${path}`, { authorization: `Bearer ${TOKEN}` })
  adminPost = (path: string, body?: unknown, headers: Headers = {}) =>
    this.post(`/api/admin/${path}`, body, { authorization: `Bearer ${TOKEN}`, ...headers })
}
