import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { start } from '../services/notification/main.ts'
import { readConfig } from '../shared/config.ts'
import type { EventData } from '../shared/events.ts'
import { queueKey, statusKey } from '../shared/keys.ts'
import { type EventName, queueTo } from '../shared/routes.ts'
import { createSeal } from '../shared/sealed.ts'
import type { Running } from '../shared/service.ts'
import { SECRET } from './calls.ts'
import { useMailbox } from './mailbox-rig.ts'
import { ORDER_KEY_SECRET } from './order-key.ts'
import { PREFIX, useRedis } from './redis-server.ts'
import { ACCOUNT, OURS, SEAL_SECRET, TOKEN, useSmsGateway } from './sms-rig.ts'
import { until } from './until.ts'

export const SHOP_URL = 'https://shop.example'
export const ADMIN_TOKEN = 'admin-token-of-the-test'
export const seal = createSeal(SEAL_SECRET)

/** The mail as the mailbox opens it. */
export type OpenMail = { subject: string; to: string[]; text: string; html: string; headers: Record<string, string> }

/** A notification service between a real Redis, a real mail server and an SMS gateway, new for every test of the file. */
export function useNotification() {
  const rig = new NotificationRig(useMailbox(), useSmsGateway(), useRedis())
  beforeEach(() => rig.open())
  afterEach(() => rig.remove())
  return rig
}

class NotificationRig {
  readonly mailbox: ReturnType<typeof useMailbox>
  readonly sms: ReturnType<typeof useSmsGateway>
  readonly redis: ReturnType<typeof useRedis>
  folder = ''
  service: Running | undefined
  #pushed = 0
  #port = 0

  constructor(
    mailbox: ReturnType<typeof useMailbox>,
    sms: ReturnType<typeof useSmsGateway>,
    redis: ReturnType<typeof useRedis>,
  ) {
    this.mailbox = mailbox
    this.sms = sms
    this.redis = redis
  }

  async open(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'orderline-notification-'))
    await this.boot()
  }

  /** Starts the service, and has the SMS gateway tell it what happens. */
  async boot(env: NodeJS.ProcessEnv = {}): Promise<void> {
    this.#port ||= await freePort()
    await this.sms.shutDown()
    await this.sms.boot(Number(new URL(this.sms.url).port), this.#webhooks())
    this.service = await this.startOne({ NOTIFICATION_PORT: String(this.#port), ...env })
  }

  /** Starts one more on the same file and lists; whoever does stops it. */
  startOne(env: NodeJS.ProcessEnv): Promise<Running> {
    const told = {
      ...{ REDIS_PREFIX: PREFIX, REDIS_URL: this.redis.url, DATA_DIR: this.folder, SMTP_URL: this.mailbox.smtpUrl },
      ...{ ORDER_KEY_SECRET, CALL_SECRET: SECRET, SEAL_SECRET, SHOP_URL, ADMIN_TOKEN },
      ...{ SMS_ACCOUNT: ACCOUNT, SMS_TOKEN: TOKEN, SMS_FROM: OURS, SMS_API_BASE: this.sms.url },
      ...{ SMS_WEBHOOK_URL: this.#webhooks(), ORDER_URL: 'http://127.0.0.1:1' }, // where nobody listens
    }
    return start(readConfig({ ...told, LOG_LEVEL: 'silent', ...env }))
  }

  #webhooks = () => `http://127.0.0.1:${this.#port}/webhooks/sms`

  async stop(): Promise<void> {
    await this.service?.stop()
    this.service = undefined
  }

  async remove(): Promise<void> {
    await this.stop()
    this.#port = 0
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Puts a message into the list that the table sends it to, as a sender would. Returns its id. */
  async push<E extends EventName>(name: E, subject: string, data: EventData<E>, id = `m-${++this.#pushed}`) {
    const now = Date.now()
    const message = { id, name, subject, at: now, stamp: now, attempt: 1, data }
    await this.redis.client.lpush(queueKey(queueTo('notification', name)), JSON.stringify(message))
    return id
  }

  /** Waits for the service's last word to a message. */
  async done(id: string): Promise<void> {
    await until(async () => (await this.word(id)) === 'done', { what: `the word to ${id}` })
  }

  word = (id: string) => this.redis.client.hget(statusKey('notification'), id)

  /** All mails, oldest first. */
  async mails(): Promise<OpenMail[]> {
    const { messages } = await this.mailbox.list('?limit=1000')
    const open = async (id: string) => (await fetch(`${this.mailbox.url}/messages/${id}`)).text()
    return (await Promise.all(messages.map(({ id }) => open(id)))).map((text) => JSON.parse(text)).reverse()
  }

  /** What the service has emitted under this name, oldest first. */
  emitted(name: EventName): { subject: string; data: unknown }[] {
    const rows = this.rows<{ subject: string; data: string }>(
      'SELECT subject, data FROM "Event" WHERE name = ? ORDER BY seq',
      name,
    )
    return rows.map(({ subject, data }) => ({ subject, data: JSON.parse(data) }))
  }

  /** Changes its file behind its back. */
  write(sql: string, ...values: unknown[]): void {
    const file = new Sqlite(join(this.folder, 'notification.db'))
    file.prepare(sql).run(...values)
    file.close()
  }

  rows<Row>(sql: string, ...values: unknown[]): Row[] {
    const file = new Sqlite(join(this.folder, 'notification.db'), { readonly: true })
    const rows = file.prepare<unknown[], Row>(sql).all(...values)
    file.close()
    return rows
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
