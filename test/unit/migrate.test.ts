import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { openInventory } from '../../services/inventory/db.ts'
import { releaseStock } from '../../services/inventory/release-stock.ts'
import { openNotification } from '../../services/notification/db.ts'
import { insertOrders } from '../../services/order/book-orders.ts'
import { type Client, openOrders } from '../../services/order/db.ts'
import { createSweep } from '../../services/order/expire-orders.ts'
import { readOrders } from '../../services/order/read-order.ts'
import { openPayment } from '../../services/payment/db.ts'
import { paymentsOf } from '../../services/payment/payments.ts'
import { mailboxOf } from '../../shared/email-address.ts'
import { createLogger } from '../../shared/logger.ts'
import type { Service } from '../../shared/routes.ts'
import { migrate } from '../../shared/store/migrate.ts'
import { migrationsOf } from '../../shared/store/migrations.ts'
import { DurableSqlite } from '../../shared/store/sqlite.ts'

type Row = Record<string, unknown>
type Column = { name: string; type: string }
type Tables = Map<string, Row[]>

const LAST_BEFORE = '20261122210000_fewer_indexes'
const AT = 1_764_000_000_123 // ms
const open = { order: openOrders, inventory: openInventory, payment: openPayment, notification: openNotification }
const SERVICES_BEFORE = ['order', 'inventory', 'payment', 'notification'] as const

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-migrate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file of the version before', () => {
  it.each(SERVICES_BEFORE)('keeps every row of %s', async (service) => {
    const before = fill(service, await makeBefore(service))

    await (await open[service](folder)).close()

    const after = rowsIn(service) // where there may be tables and columns that came later
    for (const [table, rows] of asAfter(before)) expect([table, after.get(table)]).toMatchObject([table, rows])
  })

  it('sends what was on its way under its old ids, and takes none of it for history', async () => {
    fill('order', await makeBefore('order'))
    const db = await openOrders(folder)

    const rows = await db.read.outbox.findMany({ orderBy: { event: 'asc' } })
    const events = await db.read.event.findMany({ orderBy: { seq: 'asc' } })
    expect(rows.map(({ event, queue, stamp, enqueuedAt }) => [event, queue, stamp, enqueuedAt])).toEqual([
      [events[0]?.seq, 'queue 1', BigInt(AT + 1), BigInt(AT + 1)],
      [events[1]?.seq, 'queue 2', BigInt(AT + 2), BigInt(AT + 2)],
    ])
    expect(events.map(({ id, copyOf, subject, v }) => [id, copyOf, subject, v])).toEqual([
      ['id 1', 'id 1', 'orderId 1', 1],
      ['id 2', 'id 2', 'orderId 2', 1],
    ])
    await db.close()
  })

  it('keeps times to the millisecond, for whoever reads through Prisma too', async () => {
    fill('order', await makeBefore('order'))
    const db = await openOrders(folder)
    const orders = await db.read.order.findMany({ orderBy: { seq: 'asc' } })
    const [letter] = await db.read.deadLetter.findMany({ orderBy: { id: 'asc' } })

    expect(orders.map(({ placedAt }) => placedAt)).toEqual([BigInt(AT + 1), BigInt(AT + 2)])
    expect([letter?.at, letter?.replayedAt]).toEqual([BigInt(AT + 1), BigInt(AT + 1)])
    await db.close()
  })

  it.each(['ada@example.com', 'Ada@Example.com', 'ADA+mugs+1@example.com', 'a.b@plus+domain.example', ''])(
    'knows by whom an order can be claimed that came before: %j',
    async (email) => {
      const file = new Sqlite(await makeBefore('order'))
      const order = [1, 'o', 'OL-1', 'paid', 'Ada', email, null, 'pm_card_visa', 1_800, 'EUR', AT]
      file.prepare(`INSERT INTO "Order" VALUES (${order.map(() => '?')})`).run(order)
      file.close()

      const db = await openOrders(folder)
      const row = await db.read.order.findUniqueOrThrow({ where: { id: 'o' } })

      expect(row).toMatchObject({ account: null, language: 'en', mailbox: mailboxOf(email).toLowerCase() })
      await db.close()
    },
  )

  it('lets orders expire at once that came with a card and may be declined, or whose stock may still be held', async () => {
    const path = await makeBefore('order')
    const states = ['placed', 'reserved', 'paid', 'rejected', 'declined', 'released', 'cancelled', 'refunded']
    const file = new Sqlite(path)
    for (const [i, id] of states.entries()) {
      const state = id === 'released' ? 'declined' : id
      const order = [i + 1, id, `OL-${i}`, state, 'Ada', 'ada@example.com', null, 'pm_card_visa', 1_800, 'EUR', AT]
      file.prepare(`INSERT INTO "Order" VALUES (${order.map(() => '?')})`).run(order)
    }
    file
      .prepare(`INSERT INTO "TimelineEntry" ("orderId", event, service, state, at) VALUES ('released', ?, '', '', ?)`)
      .run('stock.released', AT)
    file.close()

    const db = await openOrders(folder)
    const orders = await db.read.order.findMany({ orderBy: { seq: 'asc' } })

    expect(
      orders.map(({ id, payBy, tender, refundedCents }) => [id, payBy && Number(payBy), tender, refundedCents]),
    ).toEqual([
      ...[
        ['placed', AT, 1, 0],
        ['reserved', AT, 1, 0],
        ['paid', null, 1, 0],
        ['rejected', null, 1, 0],
      ],
      ...[
        ['declined', AT, 1, 0],
        ['released', null, 1, 0],
        ['cancelled', null, 1, 0],
        ['refunded', null, 1, 1_800],
      ],
    ])
    const told: string[] = []
    const publish = <T>(work: (tx: Client, emit: (event: { subject: string }) => void) => Promise<T>) =>
      db.write((tx) => work(tx, ({ subject }) => void told.push(subject)))
    await createSweep({ publish, read: db.read, log: createLogger('order', 'silent') })()
    expect(told).toEqual(['declined']) // what is reserved has its money under way
    await db.close()
  })

  it('keeps lines of orders bound to their order, and goes on counting', async () => {
    fill('order', await makeBefore('order'))
    const db = await openOrders(folder)
    const customer = { name: 'Ada', email: 'ada@example.com' }
    const payment = { paymentMethod: 'pm_card_visa', payBy: AT, totalCents: 0, currency: 'EUR' }
    const draft = { id: 'new', account: null, language: 'en' as const, customer, lines: [], sale: null, ...payment }

    expect(await db.write((tx) => insertOrders(tx, [draft], AT))).toMatchObject([{ number: 'OL-1000003' }])
    const orphaning = Promise.resolve(db.write(async (tx) => tx.$executeRaw`DELETE FROM "Order" WHERE id = 'id 1'`))
    await expect(orphaning).rejects.toMatchObject({ code: expect.stringContaining('SQLITE_CONSTRAINT') })
    await db.close()
  })

  it('has no order, and nothing reserved, that is of a sale: what is released goes back to the shelf', async () => {
    const file = new Sqlite(await makeBefore('inventory'))
    file.exec(`INSERT INTO "Stock" VALUES ('MUG-001', 5, 3);
      INSERT INTO "Reservation" VALUES ('o', 'OL-1', 'reserved', '[{"sku":"MUG-001","quantity":2}]', ${AT})`)
    file.close()
    fill('order', await makeBefore('order'))
    const [stock, orders] = [await openInventory(folder), await openOrders(folder)]
    const message = { id: 'm', name: 'order.cancelled', subject: 'o', at: AT, stamp: AT, attempt: 1 } as const
    const told: string[] = []
    const batch = [{ message: { ...message, data: { number: 'OL-1' } }, found: undefined }]
    await stock.write((tx) => releaseStock.apply(tx, batch, ({ name }) => void told.push(name)))

    expect(told).toEqual(['stock.released'])
    expect(await stock.read.stock.findMany()).toMatchObject([{ sku: 'MUG-001', received: 5, available: 5 }])
    expect(await stock.read.allotment.count()).toBe(0)
    expect(await readOrders(orders.read, ['id 1', 'id 2'])).toMatchObject([{ sale: null }, { sale: null }])
    await stock.close()
    await orders.close()
  })

  it('knows what it has refunded, in full, and what nobody may pay any more', async () => {
    const file = new Sqlite(await makeBefore('payment'))
    for (const state of ['charging', 'captured', 'declined', 'cancelled', 'refunded'])
      file.exec(`INSERT INTO "Payment" VALUES
        ('${state}', 'OL-1', '${state}', 3600, 'EUR', 'pm_card_visa', 'pi_1', ${state === 'refunded' ? "'re_1'" : 'NULL'}, NULL, ${AT})`)
    file.close()
    const db = await openPayment(folder)

    const payments = await paymentsOf(db.read, ['charging', 'captured', 'declined', 'cancelled', 'refunded'])
    const offOf = (state: string) => payments.get(state)?.calledOff
    expect(['charging', 'captured', 'declined', 'cancelled', 'refunded'].map(offOf)).toEqual([
      ...[null, null, null],
      ...['cancelled', 'cancelled'],
    ])
    expect(payments.get('charging')).toMatchObject({ tender: 1, payBy: null, sessionId: null, at: AT })
    expect(await db.read.refund.findMany()).toMatchObject([
      { id: 're_1', orderId: 'refunded', cents: 3_600, status: 'succeeded', asked: null },
    ])
    await db.close()
  })
})

/** Makes the file of a service as the version before did. */
async function makeBefore(service: Service): Promise<string> {
  const [file, migrations] = [join(folder, `${service}.db`), join(folder, 'migrations')]
  for (const name of readdirSync(migrationsOf(service)).filter((name) => name <= LAST_BEFORE))
    cpSync(join(migrationsOf(service), name), join(migrations, name), { recursive: true })
  const adapter = new DurableSqlite(file, 'migrate')
  const connection = await adapter.connect()
  await adapter.transaction(() => migrate(connection, migrations))
  await connection.dispose()
  return file
}

/** Puts two rows into every table. Returns all rows. */
function fill(service: Service, path: string): Tables {
  const file = new Sqlite(path)
  for (const { table, columns } of tablesIn(file))
    for (const n of [1, 2]) {
      const row = Object.fromEntries(columns.map((column) => [column.name, valueFor(table, column, n)]))
      const names = Object.keys(row).map((name) => `"${name}"`)
      file.prepare(`INSERT INTO "${table}" (${names}) VALUES (${names.map(() => '?')})`).run(Object.values(row))
    }
  file.close()
  return rowsIn(service)
}

function valueFor(table: string, { name, type }: Column, n: number): string | number {
  if (type === 'DATETIME') return AT + n
  if (type === 'INTEGER') return n
  return table === 'OrderLine' && name === 'orderId' ? `id ${n}` : `${name} ${n}`
}

function tablesIn(file: Sqlite.Database): { table: string; columns: Column[] }[] {
  const tables = file.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'
    AND name NOT LIKE 'sqlite%' ORDER BY rootpage`)
  const columns = file.prepare<[string], Column>('SELECT name, type FROM pragma_table_info(?)')
  return tables
    .pluck()
    .all()
    .map((name) => ({ table: String(name), columns: columns.all(String(name)) }))
}

function rowsIn(service: Service): Tables {
  const file = new Sqlite(join(folder, `${service}.db`), { readonly: true })
  const tables = tablesIn(file)
    .map(({ table }) => table)
    .sort()
  const rows = new Map(tables.map((table) => [table, file.prepare<[], Row>(`SELECT * FROM "${table}"`).all()]))
  file.close()
  return rows
}

/** Numbers are made of `seq` since, a letter has a subject, and the outbox refers to events. */
function asAfter(tables: Tables): Tables {
  const after = new Map(tables)
  after.delete('Outbox')
  const orders = tables.get('Order')?.map(({ number: _, ...order }) => order)
  if (orders) after.set('Order', orders)
  const letters = tables.get('DeadLetter') ?? []
  return after.set(
    'DeadLetter',
    letters.map(({ orderId, ...letter }) => ({ ...letter, subject: orderId })),
  )
}
