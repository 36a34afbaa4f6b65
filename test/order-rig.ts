import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { start } from '../services/order/main.ts'
import { orderStory } from '../services/order/order-answer.ts'
import { type Config, readConfig } from '../shared/config.ts'
import type { Emitted } from '../shared/events.ts'
import { queueKey } from '../shared/keys.ts'
import type { Running } from '../shared/service.ts'
import { problemAnswer } from '../shared/web/problem-answer.ts'
import { SECRET } from './calls.ts'
import { SESSION_SECRET } from './customer-session.ts'
import { ORDER_KEY_SECRET, withKey } from './order-key.ts'
import { PREFIX, type TestRedis, useRedis } from './redis-server.ts'
import { until } from './until.ts'

export const TOKEN = 'token-of-the-test'
const NOBODY_LISTENS = 'redis://127.0.0.1:1'

export type Story = z.infer<typeof orderStory>
type Headers = Record<string, string>
type Result = Emitted & { id?: string; attempt?: number; at?: number }

/** An order service on a free port with its own folder for every test of the file, and no Redis anywhere. */
export function useOrders(env: Record<string, string> = {}): OrderRig {
  const rig = new OrderRig(env)
  beforeEach(() => rig.open(NOBODY_LISTENS))
  afterEach(() => rig.remove())
  return rig
}

/** The same with a Redis. */
export function useOrdersWithRedis(env: Record<string, string> = {}): OrderRig & { redis: TestRedis } {
  const redis = useRedis()
  const rig = Object.assign(new OrderRig(env), { redis })
  beforeEach(async () => {
    await rig.open(redis.url)
    await until(() => rig.isReady(), { what: 'the service to have found Redis' })
  })
  afterEach(() => rig.remove())
  return rig
}

/** What a customer sends; parts can be replaced. */
export function wish(parts: object = {}): object {
  return {
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    items: [{ sku: 'MUG-001', quantity: 2 }],
    payment: { method: 'pm_card_visa' },
    ...parts,
  }
}

export class OrderRig {
  folder = ''
  url = ''
  /** What this service is told beyond the usual. */
  env: Record<string, string>
  #redisUrl = ''
  #running: Running | undefined

  constructor(env: Record<string, string> = {}) {
    this.env = env
  }

  async open(redisUrl: string): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'orderline-order-'))
    this.#redisUrl = redisUrl
    await this.boot()
  }

  /** Another process of the same service: it has its files, and its Redis. */
  join(other: OrderRig): void {
    this.folder = other.folder
    this.#redisUrl = other.config().REDIS_URL
  }

  async boot(more: Partial<Config> = {}): Promise<void> {
    this.#running = await start({ ...this.config(), ...more })
    this.url = this.#running.url
  }

  config() {
    const quiet = { REDIS_PREFIX: PREFIX, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
    const secrets = { ADMIN_TOKEN: TOKEN, ORDER_KEY_SECRET, CALL_SECRET: SECRET, SESSION_SECRET }
    return readConfig({ ...quiet, ...secrets, DATA_DIR: this.folder, REDIS_URL: this.#redisUrl, ...this.env })
  }

  async shutDown(): Promise<void> {
    await this.#running?.stop()
    this.#running = undefined
  }

  async remove(): Promise<void> {
    await this.shutDown()
    await rm(this.folder, { recursive: true })
  }

  get(path: string, headers: Headers = {}): Promise<Response> {
    return fetch(this.url + path, { headers })
  }

  post(path: string, body?: unknown, headers: Headers = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', ...headers }
    return fetch(this.url + path, { method: 'POST', headers: all, body: JSON.stringify(body) })
  }

  async isReady(): Promise<boolean> {
    return Object(await (await this.get('/readyz')).json()).redis
  }

  order = (parts: object = {}, headers: Headers = {}) => this.post('/api/orders', wish(parts), headers)
  pay = (id: string, method = 'pm_card_visa', headers: Headers = {}) =>
    this.post(`/api/orders/${id}/pay`, { method }, { ...withKey(id), ...headers })
  cancel = (id: string) => this.post(`/api/orders/${id}/cancel`, undefined, withKey(id))

  /** Places an order that is to be accepted. */
  async place(parts: object = {}): Promise<string> {
    const answer = await this.order(parts)
    if (answer.status !== 201) throw new Error(`not accepted: ${await answer.text()}`)
    return z.object({ id: z.string() }).parse(await answer.json()).id
  }

  async story(id: string): Promise<Story> {
    return orderStory.parse(await (await this.get(`/api/orders/${id}`, withKey(id))).json())
  }

  async events(id: string): Promise<string[]> {
    return (await this.story(id)).timeline.map(({ event }) => event)
  }

  admin = (path: string) => this.get(`/api/admin/${path}`, { authorization: `Bearer ${TOKEN}` })
  adminPost = (path: string, body?: unknown, headers: Headers = {}) =>
    this.post(`/api/admin/${path}`, body, { authorization: `Bearer ${TOKEN}`, ...headers })

  setPrice = (sku: string, priceCents: unknown, headers: Headers = { authorization: `Bearer ${TOKEN}` }) =>
    fetch(`${this.url}/api/admin/prices/${sku}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ priceCents }),
    })
}

/** Puts results into order's list in this order, as the other services do. */
export async function tell(redis: TestRedis, ...results: Result[]): Promise<void> {
  const now = Date.now()
  const messages = results.map((result) => ({ id: uuidv7(), at: now, stamp: now, attempt: 1, ...result }))
  await redis.client.lpush(queueKey('order'), ...messages.map((message) => JSON.stringify(message)))
}

const money = { number: 'OL-1000001', totalCents: 3_600, currency: 'EUR' }

/** Results as the other services tell them. */
export const results = {
  reserved: (orderId: string): Result => ({
    name: 'stock.reserved',
    subject: orderId,
    data: { ...money, paymentMethod: 'pm_card_visa', payBy: null },
  }),
  /** The same of an order that is paid later. */
  unpaid: (orderId: string): Result => ({
    name: 'stock.reserved',
    subject: orderId,
    data: { ...money, paymentMethod: null, payBy: null },
  }),
  rejected: (orderId: string): Result => ({
    name: 'stock.rejected',
    subject: orderId,
    data: { number: money.number, missing: [{ sku: 'MUG-001', wanted: 2, available: 1 }] },
  }),
  captured: (orderId: string): Result => ({
    name: 'payment.captured',
    subject: orderId,
    data: { ...money, chargeId: 'pi_1' },
  }),
  declined: (orderId: string, tender?: number): Result => ({
    name: 'payment.declined',
    subject: orderId,
    data: { ...money, reason: 'insufficient_funds', ...(tender !== undefined && { tender }) },
  }),
  challenged: (orderId: string, tender = 1): Result => ({
    name: 'payment.challenged',
    subject: orderId,
    data: { number: money.number, tender, kind: 'confirm', url: `https://gateway.example/${tender}` },
  }),
  refusedRefund: (orderId: string, asked: string | null, cents: number): Result => ({
    name: 'payment.refundRefused',
    subject: orderId,
    data: { number: money.number, asked, cents, currency: money.currency, reason: 'insufficient_funds' },
  }),
  refunded: (orderId: string, part: object = {}): Result => ({
    name: 'payment.refunded',
    subject: orderId,
    data: { ...money, refundId: 're_1', ...part },
  }),
}

/** The problem an answer carries, checked to be one, with the names of the fields it is about. */
export async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  const problem = problemAnswer.parse(await answer.json())
  expect(problem.status).toBe(answer.status)
  return { ...problem, fields: problem.errors?.map(({ field }) => field) }
}
