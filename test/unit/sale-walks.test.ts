import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Random, seededRandom } from '../../chaos/random.ts'
import { allotStock } from '../../services/inventory/allot-stock.ts'
import { openInventory, type Client as Stock } from '../../services/inventory/db.ts'
import { releaseStock } from '../../services/inventory/release-stock.ts'
import { reserveStock } from '../../services/inventory/reserve-stock.ts'
import { admitEntries } from '../../services/order/admit-entries.ts'
import { callOffGroups } from '../../services/order/call-off-groups.ts'
import { type Client as Books, openOrders } from '../../services/order/db.ts'
import { createSweep } from '../../services/order/expire-orders.ts'
import { hearResults } from '../../services/order/hear-results.ts'
import type { Emitted, Message } from '../../shared/events.ts'
import type { Emit, Handler } from '../../shared/handler.ts'
import { createLogger } from '../../shared/logger.ts'
import type { EventName } from '../../shared/routes.ts'
import type { Database } from '../../shared/store/database.ts'

const [SALE, SKU, UNITS, CROWD] = ['s', 'MUG-001', 4, 14]
const log = createLogger('order', 'silent')
const seeds = Array.from({ length: 6 }, (_, i) => i + 1)
const MONEY = { totalCents: 500, currency: 'EUR' }

/** What it takes of the shop for a sale: books and stock on disk, and everything said on its way, until somebody hears it. */
class Walk {
  readonly #books: Database<Books>
  readonly #stock: Database<Stock>
  readonly #handlers: Partial<Record<EventName, (message: Message, emit: Emit) => Promise<void>>>
  readonly #onItsWay: Message[] = []
  readonly said: Emitted[] = []
  readonly #random: Random
  entries = 0
  #credits = 0
  #messages = 0

  constructor(books: Database<Books>, stock: Database<Stock>, seed: number) {
    this.#books = books
    this.#stock = stock
    this.#random = seededRandom(seed)
    const results = hearResults(log)
    const inBooks = <E extends EventName>(handler: Handler<E, Books, unknown>) => hearing(books, handler)
    const inStock = <E extends EventName>(handler: Handler<E, Stock, unknown>) => hearing(stock, handler)
    this.#handlers = {
      'sale.announced': inStock(allotStock),
      'order.placed': inStock(reserveStock),
      'order.cancelled': inStock(releaseStock),
      'order.expired': inStock(releaseStock),
      'entry.admitted': inBooks(admitEntries(new Map())),
      'group.failed': inBooks(callOffGroups),
      'stock.reserved': inBooks(results['stock.reserved']),
      'stock.released': inBooks(results['stock.released']),
      'payment.captured': inBooks(results['payment.captured']),
      'payment.declined': inBooks(results['payment.declined']),
    }
  }

  /** Puts something on its way, to be heard once or twice. */
  say = (event: Emitted) => {
    this.said.push(event)
    const message = { id: `m-${++this.#messages}`, at: 0, stamp: 0, attempt: 1, ...event } as Message
    this.#onItsWay.push(message, ...(this.#random.chance(0.3) ? [{ ...message, id: `${message.id} again` }] : []))
    if (event.name === 'stock.allotted') this.#credits += event.data.units
    if (event.name === 'stock.returned') this.#credits++
    if (event.name === 'stock.reserved') this.#payOrNot(event.subject)
    this.#admit()
  }

  /** Some pay, some are declined, and some do nothing. */
  #payOrNot(subject: string): void {
    const about = { subject, data: { number: 'OL-1', ...MONEY } }
    const luck = this.#random.next()
    if (luck < 0.4) this.say({ name: 'payment.captured', ...about, data: { ...about.data, chargeId: 'pi_1' } })
    else if (luck < 0.6)
      this.say({ name: 'payment.declined', ...about, data: { ...about.data, reason: 'card_declined' } })
  }

  /** As the sale does: one credit each, while there are any. */
  #admit(): void {
    const customer = { name: 'Ada', email: 'ada@example.com' }
    const of = { sale: SALE, sku: SKU, unitPriceCents: 500, currency: 'EUR', customer, language: 'en' as const }
    while (this.#credits > 0 && this.entries < CROWD) {
      this.#credits--
      this.say({ name: 'entry.admitted', subject: `e-${++this.entries}`, data: { ...of, payWithinMs: 1 } })
    }
  }

  /** Hears so much of what is on its way, in whatever order. */
  async hear(count = Number.POSITIVE_INFINITY): Promise<void> {
    for (let i = 0; i < count && this.#onItsWay.length > 0; i++) {
      const [message] = this.#onItsWay.splice(this.#random.between(0, this.#onItsWay.length - 1), 1)
      if (message !== undefined) await this.#handlers[message.name]?.(message, this.say)
    }
  }

  /** Lets all orders expire that wait for their customer. */
  async expire(): Promise<void> {
    const publish = <T>(work: (tx: Books, emit: Emit) => Promise<T>) => this.#books.write((tx) => work(tx, this.say))
    await createSweep({ publish, read: this.#books.read, log, now: () => Date.now() + 1_000 })()
  }

  async toEnd(): Promise<void> {
    for (let before = -1; before !== this.said.length; ) {
      before = this.said.length
      await this.hear()
      await this.expire()
    }
  }

  subjectsOf = (name: EventName) => this.said.filter((one) => one.name === name).map(({ subject }) => subject)
  free = async () => (await this.#stock.read.allotment.findUniqueOrThrow({ where: { sale: SALE } })).free
  inState = async (state: string) =>
    (await this.#books.read.order.findMany({ where: { state }, select: { id: true } })).map(({ id }) => id)
}

let folder: string
let books: Database<Books>
let stock: Database<Stock>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-walk-'))
  books = await openOrders(folder)
  stock = await openInventory(folder)
})
afterEach(async () => {
  await Promise.all([books.close(), stock.close()])
  rmSync(folder, { recursive: true, force: true })
})

describe('whatever order the messages of a sale come in, and some of them twice,', () => {
  it.each(seeds)('each unit is paid once, or free again, and each end gives one credit (seed %i)', async (seed) => {
    const walk = new Walk(books, stock, seed)
    walk.say({ name: 'sale.announced', subject: SALE, data: { sku: SKU, units: UNITS } })
    await walk.toEnd()

    const [paid, expired] = [await walk.inState('paid'), await walk.inState('expired')]
    expect(walk.subjectsOf('stock.rejected')).toEqual([])
    expect(paid.length + expired.length).toBe(walk.entries)
    expect(paid.length + (await walk.free())).toBe(UNITS)
    expect(walk.subjectsOf('order.paidInSale').sort()).toEqual(paid.sort())
    expect(walk.subjectsOf('stock.returned').sort()).toEqual(expired.sort())
  })

  it.each(seeds)('a group that fails keeps no unit, and no order but cancelled ones (seed %i)', async (seed) => {
    const walk = new Walk(books, stock, seed)
    walk.say({ name: 'sale.announced', subject: SALE, data: { sku: SKU, units: UNITS } })
    await walk.hear(6 * seed)
    walk.say({ name: 'group.failed', subject: SALE, data: { bought: 0 } })
    await walk.toEnd()

    const [cancelled, expired] = [await walk.inState('cancelled'), await walk.inState('expired')]
    expect(cancelled.length + expired.length).toBe(walk.entries)
    expect(await walk.free()).toBe(UNITS)
    expect(walk.subjectsOf('stock.returned').sort()).toEqual([...cancelled, ...expired].sort())
  })
})

/** Applies one message to one file. */
function hearing<E extends EventName, Client>(db: Database<Client>, { apply }: Handler<E, Client, unknown>) {
  return (message: Message, emit: Emit) =>
    db.write((tx) => apply(tx, [{ message: message as Message<E>, found: undefined }], emit))
}
