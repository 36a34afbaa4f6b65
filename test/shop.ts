import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { keyOf, ORDER_KEY_SECRET } from './order-key.ts'
import { PREFIX } from './redis-server.ts'
import { until } from './until.ts'

export type Fact = { service: string; msg: string; subject?: string; url?: string } & Record<string, unknown>
export type Entry = { event: string; service: string; state: string; msSincePlaced: number }
export type OrderView = { id: string; number: string; state: string; totalCents: number; timeline: Entry[] } & Paying
type Paying = { payBy: string | null; refundedCents: number; challenge: { kind: string; url: string } | null }
export type Money = { kind: string; orderId?: string; amountCents: number }
type Messages = { messages: { id: string; to: string[] }[] }
type Item = { sku: string; quantity: number }
/** No `method`: the order is paid later. */
type Wish = { method?: string | null; items?: Item[]; name?: string; headers?: Record<string, string> }

const TOKEN = 'token-of-the-test'

/** What a shop is started without, where a test is about orders alone: each process takes half a second of CPU to start. */
export const ORDERS_ALONE = { WITHOUT: 'accounts,sale,live,webhooks,logs' }

/** The whole shop as `npm start` runs it, on free ports and in a folder of its own, with every log line kept. */
export class Shop {
  readonly facts: Fact[] = []
  readonly dataDir: string
  readonly #env: NodeJS.ProcessEnv
  readonly #folder: string
  #launcher: ChildProcess | undefined

  /** Of this tree, or of the one in another `folder`. */
  static async open(env: NodeJS.ProcessEnv = {}, folder = '.'): Promise<Shop> {
    const shop = new Shop(env.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'orderline-shop-')), env, folder)
    await shop.start()
    return shop
  }

  private constructor(dataDir: string, env: NodeJS.ProcessEnv, folder: string) {
    this.dataDir = dataDir
    this.#folder = folder
    this.#env = {
      ...process.env,
      REDIS_PREFIX: PREFIX,
      PORT: '0',
      DATA_DIR: dataDir,
      ADMIN_TOKEN: TOKEN,
      ORDER_KEY_SECRET,
      LOG_LEVEL: 'info',
      ...env,
    }
  }

  async start(): Promise<void> {
    this.facts.length = 0
    const launcher = spawn(process.execPath, ['dist/launcher/main.js'], {
      cwd: this.#folder,
      env: this.#env,
      stdio: 'pipe',
    })
    this.#launcher = launcher
    createInterface({ input: launcher.stdout }).on('line', (line) => this.#hear(line))
    launcher.stderr.on('data', (text) => this.#hear(String(text)))
    await until(() => this.fact('launcher', 'launcher.ready'), { timeoutMs: 30_000, what: 'the shop to be up' })
  }

  #hear(line: string): void {
    try {
      this.facts.push(JSON.parse(line))
    } catch {
      this.facts.push({ service: 'launcher', msg: line })
    }
  }

  fact = (service: string, msg: string) => this.facts.findLast((fact) => fact.service === service && fact.msg === msg)
  factsOf = (orderId: string) => this.facts.filter((fact) => fact.subject === orderId)
  urlOf = (service: string) => String(this.fact(service, 'ready')?.url)

  /** Posts an order; `Shop.place` is for those that shall be accepted. */
  post({ method = 'pm_card_visa', items = [{ sku: 'MUG-001', quantity: 1 }], name = 'Ada', headers }: Wish = {}) {
    const payment = method === null ? undefined : { method }
    const body = { customer: { name, email: 'ada@example.com' }, items, payment }
    return this.send('/api/orders', body, headers)
  }

  send(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', ...headers }
    return fetch(this.urlOf('order') + path, { method: 'POST', headers: all, body: JSON.stringify(body) })
  }

  async place(wish: Wish = {}): Promise<string> {
    const response = await this.post(wish)
    const answer = await read<{ id: string }>(response)
    if (response.status !== 201) throw new Error(`not accepted: ${JSON.stringify(answer)}`)
    return answer.id
  }

  placeMany = (count: number, wish: Wish = {}) => Promise.all(Array.from({ length: count }, () => this.place(wish)))
  keyOf = (id: string) => keyOf(id, this.#env.ORDER_KEY_SECRET)
  linkTo = (id: string) => `/orders/${id}#${this.keyOf(id)}`
  pay = (id: string, method = 'pm_card_visa', headers: Record<string, string> = {}) =>
    this.send(`/api/orders/${id}/pay`, { method }, { 'order-key': this.keyOf(id), ...headers })
  cancel = (id: string) => this.send(`/api/orders/${id}/cancel`, {}, { 'order-key': this.keyOf(id) })
  order = (id: string) => this.get<OrderView>(`/api/orders/${id}`, { 'order-key': this.keyOf(id) })
  get = async <T>(path: string, headers: Record<string, string> = {}) =>
    read<T>(await fetch(this.urlOf('order') + path, { headers }))
  stateOf = async (id: string) => (await this.order(id)).state

  /** Waits until every one of these orders is in `state`. */
  async reaches(state: string, ...ids: string[]): Promise<void> {
    const left = new Set(ids)
    const check = async () => {
      for (const id of left) {
        if ((await this.stateOf(id)) !== state) return false
        left.delete(id)
      }
      return true
    }
    await until(check, { timeoutMs: 45_000, what: `${ids.length} orders to be ${state}` })
  }

  async ledger(): Promise<Money[]> {
    return read(await fetch(`${this.urlOf('payment-gateway')}/_ledger`))
  }

  /** Subjects of the mails about an order, oldest first. */
  mails = async (orderId: string): Promise<string[]> => {
    const { number } = await this.order(orderId)
    const response = await fetch(`${this.urlOf('mailbox')}/messages?orderNumber=${number}`)
    const { messages } = await read<{ messages: { subject: string }[] }>(response)
    return messages.map(({ subject }) => subject).reverse()
  }

  /** The text of the newest mail to an address in which `wanted` is found: what it finds first. */
  async inMailTo(address: string, wanted: RegExp): Promise<string> {
    return until(
      async () => {
        const { messages } = await read<Messages>(await fetch(`${this.urlOf('mailbox')}/messages`))
        for (const { id } of messages.filter(({ to }) => to.includes(address))) {
          const { text } = await read<{ text: string }>(await fetch(`${this.urlOf('mailbox')}/messages/${id}`))
          const [, found] = wanted.exec(text) ?? []
          if (found !== undefined) return found
        }
        return undefined
      },
      { what: `${wanted} in a mail to ${address}` },
    )
  }

  /** The same in an SMS to a phone. */
  async inSmsTo(phone: string, wanted: RegExp): Promise<string> {
    return until(
      async () => {
        const path = `/messages?${new URLSearchParams({ to: phone })}`
        const { messages } = await read<{ messages: { body: string }[] }>(await fetch(this.urlOf('sms-gateway') + path))
        return messages.map(({ body }) => wanted.exec(body)?.[1]).find((found) => found !== undefined)
      },
      { what: `${wanted} in an SMS to ${phone}` },
    )
  }

  async switch(service: 'payment-gateway' | 'mailbox' | 'sms-gateway', to: object): Promise<void> {
    const headers = { 'content-type': 'application/json' }
    await fetch(`${this.urlOf(service)}/_switches`, { method: 'POST', headers, body: JSON.stringify(to) })
  }

  async admin<T>(path: string, body?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${this.#env.ADMIN_TOKEN}` }
    const response = body
      ? await this.send(`/api/admin/${path}`, body, headers)
      : await fetch(`${this.urlOf('order')}/api/admin/${path}`, { headers })
    return read<T>(response)
  }

  /** Does what a button of the control room does, at the address of the room. */
  demo(action: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#env.ADMIN_TOKEN}` }
    return fetch(`${this.urlOf('control')}/api/admin/demo`, { method: 'POST', headers, body: JSON.stringify(action) })
  }

  /** The pid of a process of the shop, by a part of its command line. */
  pid = (part: string) => this.#process(part).pid

  /** Where the shop's own Redis is. */
  redisUrl(): string {
    const conf = readFileSync(join(this.dataDir, 'redis', 'password.conf'), 'utf8')
    const password = /^requirepass (\S+)/.exec(conf)?.[1]
    return `redis://:${password}@127.0.0.1:${/:(\d+)/.exec(this.#process('redis-server').command)?.[1]}`
  }

  #process(part: string): { pid: number; command: string } {
    const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']).toString().split('\n')
    const processes = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    const found = processes.find((match) => Number(match?.[2]) === this.#launcher?.pid && match?.[3]?.includes(part))
    if (!found?.[3]) throw new Error(`no process ${part}`)
    return { pid: Number(found[1]), command: found[3] }
  }

  /** `kill -9`, by default; the launcher starts it again. */
  kill(part: string, signal: NodeJS.Signals = 'SIGKILL'): void {
    process.kill(this.pid(part), signal)
  }

  /** Ends the shop in good order; resolves with the launcher's exit code. */
  async end(): Promise<number | null> {
    const launcher = this.#launcher
    if (launcher === undefined || launcher.exitCode !== null) return launcher?.exitCode ?? null
    const exited = new Promise<number | null>((resolve) => launcher.once('exit', resolve))
    launcher.kill('SIGTERM')
    return exited
  }

  async close(): Promise<void> {
    await this.end()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** The parsing door of the tests: what the shop answers has the shape the test expects, or the test fails on it. */
async function read<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}
