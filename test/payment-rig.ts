import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { pickPorts } from '../launcher/ports.ts'
import { type Client, openPayment } from '../services/payment/db.ts'
import { start } from '../services/payment/main.ts'
import { type Payment, paymentsOf } from '../services/payment/payments.ts'
import { readConfig } from '../shared/config.ts'
import type { EventData } from '../shared/events.ts'
import { queueKey } from '../shared/keys.ts'
import type { HeardBy } from '../shared/routes.ts'
import type { Running } from '../shared/service.ts'
import type { Database } from '../shared/store/database.ts'
import { useGateway } from './gateway-rig.ts'
import { PREFIX, type TestRedis, useRedis } from './redis-server.ts'
import { until } from './until.ts'

type Heard = HeardBy<'payment'>
type Told = { id: string; name: string; data: Record<string, unknown> }

export const SECRET = 'whsec_of_the_test'
export const MONEY = { number: 'OL-1', totalCents: 4_200, currency: 'EUR' }
const HOUR_MS = 3_600_000

/** For every test of the file a payment service with a Redis, a file of its own, and a gateway that tells it what happens. */
export function usePayment(env: Record<string, string> = {}): PaymentRig {
  const redis = useRedis()
  const gateway = useGateway()
  const rig = new PaymentRig(redis, gateway, env)
  beforeEach(() => rig.open())
  afterEach(() => rig.close())
  return rig
}

export class PaymentRig {
  readonly redis: TestRedis
  readonly gateway: ReturnType<typeof useGateway>
  folder = ''
  url = ''
  #env: Record<string, string>
  #port = 0
  #db: Database<Client> | undefined
  #running: Running[] = []

  constructor(redis: TestRedis, gateway: ReturnType<typeof useGateway>, env: Record<string, string>) {
    this.redis = redis
    this.gateway = gateway
    this.#env = env
  }

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'orderline-payment-'))
    const [port = 0] = await pickPorts(1)
    this.#port = port
    await this.gateway.reboot({ url: `http://127.0.0.1:${port}/webhooks/stripe`, secrets: [SECRET] })
    this.#db = await openPayment(this.folder)
    await this.start()
  }

  /** Starts a worker; the first has the door. */
  async start(): Promise<void> {
    const isFirst = this.#running.length === 0
    const running = await start(this.config({ PAYMENT_PORT: String(isFirst ? this.#port : 0) }))
    if (isFirst) this.url = running.url
    this.#running.push(running)
  }

  config(more: Record<string, string> = {}) {
    return readConfig({
      ...{
        REDIS_PREFIX: PREFIX,
        HOST: '127.0.0.1',
        LOG_LEVEL: 'silent',
        DATA_DIR: this.folder,
        REDIS_URL: this.redis.url,
      },
      ...{ STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_BASE: this.gateway.url, STRIPE_WEBHOOK_SECRET: SECRET },
      ...{ SHOP_URL: 'http://localhost:3000', ...this.#env, ...more },
    })
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((running) => running.stop()))
  }

  async close(): Promise<void> {
    await this.stop()
    await this.#db?.close()
    await rm(this.folder, { recursive: true })
  }

  get db(): Database<Client> {
    if (this.#db === undefined) throw new Error('it is not open')
    return this.#db
  }

  /** Puts a message into payment's list, as other services do. Returns its id. */
  async tell<E extends Heard>(name: E, subject: string, data: EventData<E>, copies = 1): Promise<string> {
    const now = Date.now()
    const v = name === 'stock.reserved' ? { v: 2 } : {}
    const message = { id: uuidv7(), name, subject, at: now, stamp: now, attempt: 1, ...v, data }
    const texts = Array.from({ length: copies }, () => JSON.stringify(message))
    await this.redis.client.lpush(queueKey('payment'), ...texts)
    return message.id
  }

  /** An order whose card came with it. */
  async reserve(orderId: string, paymentMethod = 'pm_card_visa', payBy = Date.now() + HOUR_MS): Promise<void> {
    await this.tell('stock.reserved', orderId, { ...MONEY, paymentMethod, payBy })
  }

  tender = (orderId: string, tender: number, paymentMethod: string, payBy = Date.now() + HOUR_MS) =>
    this.tell('order.tendered', orderId, { ...MONEY, tender, paymentMethod, payBy })
  cancel = (orderId: string) => this.tell('order.cancelled', orderId, { number: MONEY.number })
  expire = (orderId: string) => this.tell('order.expired', orderId, { number: MONEY.number })
  askBack = (orderId: string, asked: string, cents: number, copies = 1) =>
    this.tell('order.refundAsked', orderId, { number: MONEY.number, asked, cents, currency: 'EUR' }, copies)

  async payment(orderId: string): Promise<Payment | undefined> {
    return (await paymentsOf(this.db.read, [orderId])).get(orderId)
  }

  /** Waits until the order's payment is in this state. */
  is(orderId: string, state: Payment['state'], timeoutMs?: number): Promise<Payment> {
    const what = `the payment of ${orderId} to be ${state}`
    const limits = { what, ...(timeoutMs !== undefined && { timeoutMs }) }
    return until(async () => {
      const payment = await this.payment(orderId)
      return payment?.state === state && payment
    }, limits)
  }

  /** What payment has told of an order, oldest first; or of that what has this name. */
  async told(orderId: string, name?: string): Promise<Told[]> {
    const rows = await this.db.read.event.findMany({ where: { subject: orderId }, orderBy: { seq: 'asc' } })
    const all = rows.map(({ id, name, data }) => ({ id, name, data: record.parse(JSON.parse(data)) }))
    return name === undefined ? all : all.filter((one) => one.name === name)
  }

  /** The same by name, without what payment tells itself. */
  async names(orderId: string): Promise<string[]> {
    return (await this.told(orderId)).map(({ name }) => name).filter((name) => name !== 'gateway.told')
  }

  /** Waits until payment has told this of the order. */
  heard(orderId: string, name: string, count = 1): Promise<Told[]> {
    return until(
      async () => {
        const told = await this.told(orderId, name)
        return told.length >= count && told
      },
      { what: `${name} of ${orderId}` },
    )
  }

  /** Waits until nothing is in payment's list, and all it has told itself has been heard. */
  async quiet(): Promise<void> {
    await until(async () => {
      const own = await this.db.read.outbox.count({ where: { queue: 'payment' } })
      return own === 0 && (await this.redis.client.llen(queueKey('payment'))) === 0
    })
  }

  /** What the ledger says of an order, in one word each. */
  async ledger(orderId: string): Promise<string[]> {
    return (await this.gateway.ledger(orderId)).map(({ kind }) => String(kind))
  }

  /** What its holder says to the challenge of an order's payment. */
  async answer(orderId: string, answer: 'confirm' | 'refuse'): Promise<void> {
    const [{ data } = { data: {} }] = (await this.heard(orderId, 'payment.challenged')).slice(-1)
    const body = new URLSearchParams({ answer })
    const response = await fetch(String(Object(data).url), { method: 'POST', body, redirect: 'manual' })
    if (response.status !== 303) throw new Error(`the challenge answers ${response.status}`)
  }
}

const record = z.record(z.string(), z.unknown())
