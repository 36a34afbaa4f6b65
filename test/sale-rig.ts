import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { type Client, openSale } from '../services/sale/db.ts'
import { enterLine } from '../services/sale/enter-line.ts'
import { entryAnswer, ticketAnswer } from '../services/sale/entry-answer.ts'
import { start } from '../services/sale/main.ts'
import { saleAnswer } from '../services/sale/sale-answer.ts'
import { readConfig } from '../shared/config.ts'
import type { Emitted } from '../shared/events.ts'
import { queueKey } from '../shared/keys.ts'
import { queueTo } from '../shared/routes.ts'
import type { Running } from '../shared/service.ts'
import type { Database } from '../shared/store/database.ts'
import { SECRET } from './calls.ts'
import { SESSION_SECRET } from './customer-session.ts'
import { ORDER_KEY_SECRET, withKey } from './order-key.ts'
import { PREFIX, type TestRedis, useRedis } from './redis-server.ts'
import { until } from './until.ts'

export const TOKEN = 'token-of-the-test'
type Headers = Record<string, string>
export type Message = Emitted & { id?: string; attempt?: number; at?: number }

/** A sale service on a free port, with its own folder and a Redis, for every test of the file. */
export function useSales(env: Record<string, string> = {}): SaleRig {
  const redis = useRedis()
  const rig = new SaleRig(redis, env)
  beforeEach(() => rig.open())
  afterEach(() => rig.remove())
  return rig
}

export class SaleRig {
  url = ''
  folder = ''
  readonly redis: TestRedis
  readonly #env: Record<string, string>
  #running: Running | undefined
  #db: Database<Client> | undefined

  constructor(redis: TestRedis, env: Record<string, string>) {
    this.redis = redis
    this.#env = env
  }

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'orderline-sale-'))
    await this.boot()
    await until(async () => Object(await (await this.get('/readyz')).json()).redis, { what: 'Redis to be found' })
  }

  async boot(): Promise<void> {
    const quiet = { REDIS_PREFIX: PREFIX, SALE_PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
    const secrets = { ADMIN_TOKEN: TOKEN, ORDER_KEY_SECRET, CALL_SECRET: SECRET, SESSION_SECRET }
    const own = { DATA_DIR: this.folder, REDIS_URL: this.redis.url }
    this.#running = await start(readConfig({ ...quiet, ...secrets, ...own, ...this.#env }))
    this.url = this.#running.url
  }

  async shutDown(): Promise<void> {
    await this.#running?.stop()
    this.#running = undefined
  }

  async remove(): Promise<void> {
    await this.shutDown()
    await this.#db?.close()
    this.#db = undefined
    await rm(this.folder, { recursive: true })
  }

  get = (path: string, headers: Headers = {}) => fetch(this.url + path, { headers })

  post(path: string, body?: unknown, headers: Headers = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', ...headers }
    return fetch(this.url + path, { method: 'POST', headers: all, body: JSON.stringify(body) })
  }

  adminPost = (path: string, body?: unknown, headers: Headers = {}) =>
    this.post(`/api/admin/${path}`, body, { authorization: `Bearer ${TOKEN}`, ...headers })

  /** Announces a sale of three mugs that has opened; parts can be replaced. */
  announceAs = (parts: object = {}, headers: Headers = {}) => this.adminPost('sales', announced(parts), headers)

  async announce(parts: object = {}): Promise<z.infer<typeof saleAnswer>> {
    return saleAnswer.parse(await accepted(await this.announceAs(parts), 201))
  }

  /** The same, and inventory has set its units aside. */
  async openFor3(parts: object = {}): Promise<string> {
    const { id, units } = await this.announce(parts)
    await this.tell({ name: 'stock.allotted', subject: id, data: { units } })
    await until(async () => (await this.row(id)).granted !== null, { what: 'the units to be granted' })
    return id
  }

  joinAs = (sale: string, who: string, parts: object = {}, headers: Headers = {}) =>
    this.post(`/api/sales/${sale}/entries`, wish(who, parts), headers)

  async join(sale: string, who: string): Promise<z.infer<typeof ticketAnswer>> {
    return ticketAnswer.parse(await accepted(await letIn(() => this.joinAs(sale, who)), 202))
  }

  async joinAll(sale: string, names: string[]): Promise<string[]> {
    const tickets: string[] = []
    for (const who of names) tickets.push((await this.join(sale, who)).ticket)
    return tickets
  }

  /** Says something in the room of a sale, with the key of the ticket. */
  say = (sale: string, ticket: string, parts: object = {}, headers: Headers = withKey(ticket)) =>
    letIn(() =>
      this.post(`/api/sales/${sale}/room`, { ticket, name: 'Ada', text: 'Is it my turn?', ...parts }, headers),
    )

  /** The same with the messages about them lost, as far as this service knows. */
  async joinUnheard(sale: string, names: string[]): Promise<string[]> {
    const group = names.map((who) => {
      const box = { buyer: who, mailbox: `${who}@example.com`, email: `${who}@example.com` }
      return { id: uuidv7(), sale, ...box, name: who, account: null, language: 'en' as const, traceparent: undefined }
    })
    const { write } = await this.db()
    const entered = await write((tx) => enterLine(tx, group, () => {}))
    return entered.flatMap((one) => (one.kind === 'entered' ? [one.ticket] : []))
  }

  /** Has the time of something come that was set for later. */
  async comes(id: string, what: 'drawsAt' | 'endsAt'): Promise<void> {
    const { write } = await this.db()
    await write((tx) => tx.sale.update({ where: { id }, data: { [what]: Date.now() } }))
  }

  async count(sale: string, state: string): Promise<number> {
    const { read } = await this.db()
    return read.entry.count({ where: { sale, state } })
  }

  async entry(sale: string, ticket: string): Promise<z.infer<typeof entryAnswer>> {
    return entryAnswer.parse(await (await this.get(`/api/sales/${sale}/entries/${ticket}`, withKey(ticket))).json())
  }

  async sale(id: string): Promise<z.infer<typeof saleAnswer>> {
    return saleAnswer.parse(await (await this.get(`/api/sales/${id}`)).json())
  }

  /** The books themselves. */
  async db(): Promise<Database<Client>> {
    this.#db ??= await openSale(this.folder)
    return this.#db
  }

  async row(id: string) {
    const { read } = await this.db()
    return read.sale.findUniqueOrThrow({ where: { id } })
  }

  async states(sale: string): Promise<Record<string, string>> {
    const { read } = await this.db()
    const rows = await read.entry.findMany({ where: { sale }, orderBy: { number: 'asc' } })
    return Object.fromEntries(rows.map(({ email, state }) => [email.replace('@example.com', ''), state]))
  }

  /** Waits until the entries of a sale stand so, by the names of who joined. */
  async untilStates(sale: string, wanted: Record<string, string>): Promise<void> {
    const said = JSON.stringify(wanted)
    await until(async () => JSON.stringify(await this.states(sale)) === said, { what: said })
  }

  /** Who was let in, in the order in which they were. */
  async admitted(sale: string): Promise<string[]> {
    const { read } = await this.db()
    const rows = await read.entry.findMany({ where: { sale, admission: { not: null } }, orderBy: { admission: 'asc' } })
    return rows.map(({ email }) => email.replace('@example.com', ''))
  }

  /** What the service has told about a subject, in order: each event with its data. */
  async told(subject: string): Promise<[string, unknown][]> {
    const { read } = await this.db()
    const events = await read.event.findMany({ where: { subject }, orderBy: { seq: 'asc' } })
    return events.map(({ name, data }) => [name, JSON.parse(data)])
  }

  /** Puts messages into the lists of the service, in this order, as other services do. */
  async tell(...messages: Message[]): Promise<void> {
    const now = Date.now()
    for (const message of messages) {
      const whole = { id: uuidv7(), at: now, stamp: now, attempt: 1, ...message }
      await this.redis.client.lpush(queueKey(queueTo('sale', message.name)), JSON.stringify(whole))
    }
  }

  paid = (sale: string, ...tickets: string[]) =>
    this.tell(
      ...tickets.map((subject): Message => ({ name: 'order.paidInSale', subject, data: { number: 'OL-1', sale } })),
    )

  returned = (sale: string, ...tickets: string[]) =>
    this.tell(
      ...tickets.map((subject): Message => ({ name: 'stock.returned', subject, data: { number: 'OL-1', sale } })),
    )
}

const MINUTE_MS = 60_000

export function announced(parts: object = {}): object {
  const usual = { kind: 'flash', sku: 'MUG-001', units: 3, priceCents: 900, endsAt: Date.now() + MINUTE_MS }
  return { ...usual, ...parts }
}

/** What a customer sends; the secret is of their own. */
export function wish(who: string, parts: object = {}): object {
  return { buyer: `secret-of-${who}-0123456`, email: `${who}@example.com`, ...parts }
}

/** As a customer does who is told to come back: on a busy machine a door is full before anybody has come. */
function letIn(ask: () => Promise<Response>): Promise<Response> {
  const answered = async () => {
    const answer = await ask()
    return answer.status !== 503 && answer
  }
  return until(answered, { what: 'somebody to be let in' })
}

async function accepted(answer: Response, status: number): Promise<unknown> {
  if (answer.status !== status) throw new Error(`${answer.status}: ${await answer.text()}`)
  return answer.json()
}
