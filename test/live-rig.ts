import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { start } from '../services/live/main.ts'
import { readConfig } from '../shared/config.ts'
import type { Emitted } from '../shared/events.ts'
import { queueKey } from '../shared/keys.ts'
import type { Running } from '../shared/service.ts'
import { SECRET } from './calls.ts'
import { SESSION_SECRET } from './customer-session.ts'
import { LiveEar } from './live-ear.ts'
import { ORDER_KEY_SECRET } from './order-key.ts'
import { TOKEN } from './order-rig.ts'
import { PREFIX, type TestRedis } from './redis-server.ts'
import { until } from './until.ts'

type Heard = Emitted & { id?: string; at?: number }
type Env = Record<string, string>

/** A live service on a free port, with its own folder, for every test of the file; `env` is asked when it starts. */
export function useLive(redis: TestRedis, env: () => Env = () => ({})): LiveRig {
  const rig = new LiveRig(redis, env)
  beforeEach(() => rig.open())
  afterEach(() => rig.remove())
  return rig
}

export class LiveRig {
  url = ''
  folder = ''
  readonly redis: TestRedis
  readonly #env: () => Env
  readonly #ears: LiveEar[] = []
  #running: Running | undefined

  constructor(redis: TestRedis, env: () => Env = () => ({})) {
    this.redis = redis
    this.#env = env
  }

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'orderline-live-'))
    await this.boot()
  }

  /** Another process of the same service: it has its files. */
  join(other: LiveRig): Promise<void> {
    this.folder = other.folder
    return this.boot()
  }

  async boot(): Promise<void> {
    const quiet = { REDIS_PREFIX: PREFIX, LIVE_PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
    const secrets = { ADMIN_TOKEN: TOKEN, ORDER_KEY_SECRET, CALL_SECRET: SECRET, SESSION_SECRET }
    const own = { DATA_DIR: this.folder, REDIS_URL: this.redis.url }
    this.#running = await start(readConfig({ ...quiet, ...secrets, ...own, ...this.#env() }))
    this.url = this.#running.url
    await until(async () => Object(await (await fetch(`${this.url}/readyz`)).json()).redis, {
      what: 'Redis to be found',
    })
  }

  async shutDown(): Promise<void> {
    for (const ear of this.#ears.splice(0)) ear.hangUp()
    await this.#running?.stop()
    this.#running = undefined
  }

  async remove(): Promise<void> {
    await this.shutDown()
    await rm(this.folder, { recursive: true })
  }

  /** Its files are gone: it begins anew, with an empty list, as where its senders have not told it anything yet. */
  async loseData(): Promise<void> {
    await this.shutDown()
    await rm(this.folder, { recursive: true })
    await this.redis.client.flushall()
    await this.open()
  }

  async watch(topics: string[], headers: Env = {}): Promise<LiveEar> {
    const ear = await LiveEar.open(this.url, topics, headers)
    this.#ears.push(ear)
    return ear
  }

  async ask(topics: object[], headers: Env = {}): Promise<LiveEar> {
    const ear = await LiveEar.ask(this.url, topics, headers)
    this.#ears.push(ear)
    return ear
  }

  /** Puts events into its list, as their senders do, in this order. */
  async hear(...events: Heard[]): Promise<void> {
    const now = Date.now()
    const messages = events.map((event) => ({ id: uuidv7(), at: now, stamp: now, attempt: 1, ...event }))
    await this.redis.client.lpush(queueKey('live'), ...messages.map((message) => JSON.stringify(message)))
  }

  post = (title: string) => this.hear({ name: 'news.posted', subject: uuidv7(), data: { title, text: title } })

  /** So many events have been kept since its start. */
  kept = (count: number) =>
    until(async () => (await this.figure('messages_handled')) >= count, { what: 'it to be kept' })

  async figure(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text()
    return Number(new RegExp(`^orderline_${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1])
  }
}

/** Units of a sku, as inventory tells them for the `revision`th time. */
export const stock = (sku: string, available: number, revision: number, at = Date.now()): Heard => ({
  name: 'stock.changed',
  subject: sku,
  at,
  data: { available, revision },
})

/** What somebody says in a room, the `said`th thing there. */
export const line = (sale: string, said: number): Heard => ({
  name: 'room.said',
  subject: sale,
  data: { said, name: 'Ada', text: `line ${said}` },
})
