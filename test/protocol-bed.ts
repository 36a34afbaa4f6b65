import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { type Client, openInventory } from '../services/inventory/db.ts'
import { openPayment, type Client as SenderClient } from '../services/payment/db.ts'
import type { Message } from '../shared/events.ts'
import type { Limits, Outside } from '../shared/handler.ts'
import { createHealth } from '../shared/health.ts'
import { queueKey, statusKey } from '../shared/keys.ts'
import { type Pipeline, startPipeline } from '../shared/protocol/pipeline.ts'
import { type Producer, startProducer } from '../shared/protocol/producer.ts'
import { createStamps } from '../shared/protocol/stamps.ts'
import type { Service } from '../shared/routes.ts'
import type { Shards } from '../shared/shards.ts'
import type { Database } from '../shared/store/database.ts'
import { connectCommands, type Redis, whenReady } from '../shared/store/redis.ts'
import { each, type Sql } from '../shared/store/sql.ts'
import type { TestRedis } from './redis-server.ts'

type Placed = Message<'order.placed'>
type Behaviour = {
  prepare?(message: Placed, outside: Outside): Promise<unknown>
  apply?(tx: Client, messages: Placed[]): Promise<void>
  limits?: Limits
  shards?: Shards
}

type Row = { event: number; id: string; pushes: number; stamp: number }
type Told = { level: number; msg: string } & Record<string, unknown>

/**
 * The protocol with nothing around it: a sender that owns an outbox, and receivers (inventory's queue and
 * file) whose only effect is to count, per order, how often a message took effect.
 */
export class ProtocolBed {
  readonly redis: TestRedis
  readonly folder: string
  db: Database<Client>
  readonly senderDb: Database<SenderClient>
  /** What was logged. */
  readonly told: Told[] = []
  readonly health = createHealth(
    pino({ level: 'info' }, { write: (line: string) => void this.told.push(JSON.parse(line)) }),
  )
  /** What the sender takes for the time of day. */
  clock = Date.now
  #sender: Producer<SenderClient> | undefined
  #senderRedis: Redis | undefined
  readonly #receivers: Pipeline<Client>[] = []

  static async open(redis: TestRedis): Promise<ProtocolBed> {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-protocol-'))
    return new ProtocolBed(redis, folder, await openInventory(folder), await openPayment(folder))
  }

  constructor(redis: TestRedis, folder: string, db: Database<Client>, senderDb: Database<SenderClient>) {
    this.redis = redis
    this.folder = folder
    this.db = db
    this.senderDb = senderDb
  }

  /** Starts what stands for the order service's sending half. */
  async startSender(isReader = (_receiver: Service) => false, shards: Shards = {}): Promise<Producer<SenderClient>> {
    const redis = connectCommands(this.redis.address, this.health)
    await whenReady(redis)
    this.#senderRedis = redis
    this.#sender = await startProducer({
      service: 'order',
      address: this.redis.address,
      redis,
      db: this.senderDb,
      stamps: createStamps(0, () => this.clock()),
      health: this.health,
      isReader,
      shards,
    })
    return this.#sender
  }

  async stopSender(): Promise<void> {
    await this.#sender?.stop()
    this.#senderRedis?.disconnect()
    this.#sender = undefined
  }

  /** Stops all receivers; the next one begins with an empty file. */
  async loseReceiversData(): Promise<void> {
    await Promise.all(this.#receivers.splice(0).map((pipeline) => pipeline.stop()))
    await this.db.close()
    for (const file of readdirSync(this.folder).filter((name) => name.startsWith('inventory')))
      rmSync(join(this.folder, file))
    this.db = await openInventory(this.folder)
  }

  /** Starts a worker on inventory's queue. */
  async startReceiver(behaviour: Behaviour = {}): Promise<Pipeline<Client>> {
    const nothing = { apply: async () => {} }
    const pipeline = await startPipeline({
      service: 'inventory',
      address: this.redis.address,
      db: this.db,
      health: this.health,
      outside: behaviour.limits,
      shards: behaviour.shards ?? {},
      handlers: () => ({
        'order.placed': {
          ...(behaviour.prepare && { prepare: behaviour.prepare }),
          apply: async (tx, batch) => {
            const messages = batch.map(({ message }) => message)
            await behaviour.apply?.(tx, messages)
            await count(tx, messages)
          },
        },
        'order.expired': nothing,
        'order.cancelled': nothing,
        'sale.announced': nothing,
        'sale.spared': nothing,
      }),
    })
    this.#receivers.push(pipeline)
    await whenReady(pipeline.redis)
    return pipeline
  }

  /** Publishes `order.placed` for these orders in one transaction. */
  async place(...orderIds: string[]): Promise<void> {
    await this.#sender?.publish(async (_tx, emit) => {
      for (const orderId of orderIds) emit({ name: 'order.placed', subject: orderId, data: ORDER })
    })
  }

  /** How often the order's message took effect. */
  async effects(orderId: string): Promise<number> {
    const row = await this.db.read.stock.findUnique({ where: { sku: `effect:${orderId}` } })
    return row?.available ?? 0
  }

  /** The same for all orders whose message took effect. */
  async allEffects(): Promise<Map<string, number>> {
    const rows = await this.db.read.stock.findMany({ where: { sku: { startsWith: 'effect:' } } })
    return new Map(rows.map(({ sku, available }) => [sku.slice('effect:'.length), available]))
  }

  /** The order's row to inventory that still waits for its final word. */
  async outboxRow(orderId: string): Promise<Row | undefined> {
    const [row] = await this.senderDb.read.$queryRaw<Row[]>`
      SELECT event, id, pushes, stamp FROM "Outbox" JOIN "Event" ON seq = event
      WHERE (queue = 'inventory' OR queue LIKE 'inventory.%') AND subject = ${orderId}`
    return row
  }

  status = (id: string) => this.redis.client.hget(statusKey('inventory'), id)
  waiting = () => this.redis.client.lrange(queueKey('inventory'), 0, -1)
  pushRaw = (...raws: string[]) => this.redis.client.lpush(queueKey('inventory'), ...raws)

  async close(): Promise<void> {
    await Promise.all(this.#receivers.map((pipeline) => pipeline.stop()))
    await this.stopSender()
    await this.db.close()
    await this.senderDb.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** One row of `Stock` per order serves as the counter: `available` grows with every effect. */
async function count(tx: Sql, messages: Placed[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Stock" (sku, received, available)
    SELECT 'effect:' || value, 1000, COUNT(*) FROM ${each(messages.map(({ subject }) => subject))} WHERE true GROUP BY value
    ON CONFLICT (sku) DO UPDATE SET available = "Stock".available + excluded.available`
}

/** The payload of every order that is placed here. */
export const ORDER = {
  number: 'OL-1',
  totalCents: 1_800,
  currency: 'EUR',
  paymentMethod: 'pm_card_visa',
  payBy: null,
  customer: { name: 'Ada', email: 'ada@example.com' },
  lines: [{ sku: 'MUG-001', quantity: 1, name: 'Mug', unitPriceCents: 1_800 }],
}
