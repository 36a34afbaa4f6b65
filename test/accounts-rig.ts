import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, jest } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { openAccounts } from '../services/accounts/db.ts'
import { start } from '../services/accounts/main.ts'
import { type Config, readConfig } from '../shared/config.ts'
import type { Emitted, EventData } from '../shared/events.ts'
import { queueKey } from '../shared/keys.ts'
import type { EventName, Queue } from '../shared/routes.ts'
import { createSeal } from '../shared/sealed.ts'
import type { Running } from '../shared/service.ts'
import { SECRET } from './calls.ts'
import { SESSION_SECRET } from './customer-session.ts'
import { PREFIX, type TestRedis, useRedis } from './redis-server.ts'
import { SEAL_SECRET } from './sms-rig.ts'
import { until } from './until.ts'

export const PASSWORD = 'correct horse battery staple'
export const EMAIL = 'ada@example.com'
const seal = createSeal(SEAL_SECRET)

type Headers = Record<string, string>
type Told<E extends EventName> = { id: string; name: E; subject: string; data: EventData<E> }

const registered = z.object({ registration: z.string(), watch: z.string() })

/** An accounts service with a Redis, on a free port with its own folder for every test of the file. */
export function useAccounts(env: Record<string, string> = {}): AccountsRig {
  const rig = new AccountsRig(useRedis(), env)
  beforeEach(() => rig.open())
  afterEach(async () => {
    jest.restoreAllMocks()
    await rig.remove()
  })
  return rig
}

/** What somebody sends to sign up; parts can be replaced. */
export const wish = (parts: object = {}): object => ({
  ...{ name: 'Ada Lovelace', email: EMAIL, password: PASSWORD },
  ...parts,
})

export class AccountsRig {
  readonly redis: TestRedis
  folder = ''
  url = ''
  readonly #env: Record<string, string>
  #running: Running | undefined

  constructor(redis: TestRedis, env: Record<string, string>) {
    this.redis = redis
    this.#env = env
  }

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'orderline-accounts-'))
    await this.boot()
  }

  async boot(): Promise<void> {
    this.#running = await start(this.#config())
    this.url = this.#running.url
    await until(async () => Object(await (await fetch(`${this.url}/readyz`)).json()).redis, { what: 'Redis' })
  }

  async shutDown(): Promise<void> {
    await this.#running?.stop()
    this.#running = undefined
  }

  async remove(): Promise<void> {
    await this.shutDown()
    await rm(this.folder, { recursive: true })
  }

  /** A browser that has never been here. */
  browser = () => new Browser(this.url)
  get = (path: string, headers: Headers = {}) => fetch(this.url + path, { headers })
  post = (path: string, body?: unknown, headers: Headers = {}) =>
    fetch(this.url + path, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  signUp = (parts: object = {}, headers: Headers = {}) => this.post('/api/accounts', wish(parts), headers)

  /** Signs up, and is accepted. Returns the id of the registration, which is the account's if there was none. */
  async register(parts: object = {}): Promise<string> {
    const answer = await this.signUp(parts)
    if (answer.status !== 202) throw new Error(`not accepted: ${await answer.text()}`)
    return registered.parse(await answer.json()).registration
  }

  /** A browser in which somebody is signed in. */
  async signedIn(email = EMAIL, password = PASSWORD): Promise<Browser> {
    const browser = this.browser()
    const answer = await browser.post('/api/account/session', { email, password })
    if (answer.status !== 200) throw new Error(`not signed in: ${await answer.text()}`)
    return browser
  }

  lights = async (id: string) => (await this.get(`/api/accounts/registrations/${id}`)).json()

  /** What a service was told of one kind, oldest first: nobody takes it from its lists. */
  async told<E extends EventName>(name: E, queue: Queue): Promise<Told<E>[]> {
    const waiting = await this.redis.client.lrange(queueKey(queue), 0, -1)
    return waiting
      .map((text) => JSON.parse(text))
      .filter((message) => message.name === name)
      .reverse()
  }

  /** The same, once there are so many. */
  heard = <E extends EventName>(name: E, queue: Queue, count = 1): Promise<Told<E>[]> =>
    until(async () => ((await this.told(name, queue)).length >= count ? this.told(name, queue) : false), {
      what: `${queue} to hear ${count} ${name}`,
    })

  /** What stands in the link of the mail that was asked for last. */
  async tokenIn(name: 'customer.registered' | 'customer.linkAsked', count = 1): Promise<string> {
    const last = (await this.heard(name, 'notification', count)).at(-1)
    return seal.open(last?.data.link ?? '') ?? ''
  }

  /** The code in the SMS that was sent last. */
  async code(count = 1): Promise<string> {
    const last = (await this.heard('customer.phoneAdded', 'notification:aside', count)).at(-1)
    return seal.open(last?.data.code ?? '') ?? ''
  }

  /** Puts events into the service's list, as notification does. */
  async hear(...events: (Emitted & { at?: number })[]): Promise<void> {
    const now = Date.now()
    const messages = events.map((event) => ({ id: uuidv7(), at: now, stamp: now, attempt: 1, ...event }))
    await this.redis.client.lpush(queueKey('accounts'), ...messages.map((message) => JSON.stringify(message)))
  }

  /** Every row of a table, as it is on disk. */
  async rows(table: 'account' | 'proof' | 'session' | 'registration'): Promise<Record<string, unknown>[]> {
    const db = await openAccounts(this.folder)
    const find: Record<typeof table, () => Promise<Record<string, unknown>[]>> = {
      account: () => db.read.account.findMany(),
      proof: () => db.read.proof.findMany(),
      session: () => db.read.session.findMany(),
      registration: () => db.read.registration.findMany(),
    }
    return find[table]().finally(() => db.close())
  }

  #config(): Config {
    const quiet = { REDIS_PREFIX: PREFIX, ACCOUNTS_PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' }
    const secrets = { CALL_SECRET: SECRET, SESSION_SECRET, SEAL_SECRET }
    return readConfig({ ...quiet, ...secrets, DATA_DIR: this.folder, REDIS_URL: this.redis.url, ...this.#env })
  }
}

/** As much of a browser as accounts can tell: it keeps cookies by their paths, and says that the shop's own page asks. */
export class Browser {
  readonly cookies = new Map<string, { value: string; path: string; flags: string }>()
  #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Finds the shop at another address from now on. */
  moveTo(url: string): void {
    this.#url = url
  }

  get = (path: string, headers: Headers = {}) => this.#send('GET', path, undefined, headers)
  post = (path: string, body?: unknown, headers: Headers = {}) => this.#send('POST', path, body, headers)
  delete = (path: string, headers: Headers = {}) => this.#send('DELETE', path, undefined, headers)

  async #send(method: string, path: string, body: unknown, more: Headers): Promise<Response> {
    const cookie = [...this.cookies].filter(([, { path: below }]) => path.startsWith(below))
    const headers = {
      ...{ 'sec-fetch-site': 'same-origin', cookie: cookie.map(([name, { value }]) => `${name}=${value}`).join('; ') },
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...more,
    }
    const text = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(this.#url + path, { method, headers, ...text })
    for (const line of answer.headers.getSetCookie()) this.#keep(line)
    return answer
  }

  #keep(line: string): void {
    const [, name = '', value = '', flags = ''] = /^([^=]+)=([^;]*);(.*)$/.exec(line) ?? []
    const path = /path=([^;]+)/i.exec(flags)?.[1] ?? '/'
    if (value === '') this.cookies.delete(name)
    else this.cookies.set(name, { value, path, flags })
  }
}

const realNow = Date.now

/** Sets the clock of the service, which lives in this very process, to `ms` from now. */
export function moveClock(ms: number): void {
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ms)
}
