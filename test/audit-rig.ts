import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { z } from 'zod'
import { type AuditOptions, audit } from '../audit/audit.ts'
import type { Finding } from '../audit/finding.ts'
import { type Result, stateAfter, type Told } from '../services/order/order.ts'
import { type EventName, receiversOf, type Service, services } from '../shared/routes.ts'
import { sendersOf } from '../shared/senders.ts'
import type { State } from '../shared/states.ts'
import { type Kind, kinds, type LaterKind, laterKinds } from './audit-kinds.ts'
import { samples } from './event-samples.ts'

type Line = Record<string, unknown>
/** When all of a small shop happened (ms): one time for a shop and what a test adds, for the auditor looks from the first event on. */
export const at = Date.now()
const PRICE = { totalCents: 3_600, currency: 'EUR' }
const PAID = { ...PRICE, paymentMethod: '', at }
const LINE = { sku: 'MUG', quantity: 2 }
const moves = new Map(Object.entries({ captured: ['charge'], refunded: ['charge', 'refund'], declined: ['decline'] }))
const nameOf = ({ check, id }: Finding) => `${check} ${id}`
const toldOf = (name: Result) => ({ name, subject: '', data: samples[name] }) as Told
/** Which of several mails: for a refund its id, for a card that is declined its number, from the second. */
function whichOf(event: EventName, { refundId = '', tender = 1 }: Line): string {
  if (event === 'payment.declined') return Number(tender) > 1 ? String(tender) : ''
  return event === 'payment.refunded' ? String(refundId) : ''
}

const mailNames = new Map(Object.entries({ placed: 'received', captured: 'paid' }))

/** A small shop of its own for every test of the file; with orders that have a deadline, where these are asked for. */
export function useSmallShop(withLater: 'with orders that wait' | 'without' = 'without'): SmallShop {
  const shop = new SmallShop()
  let empty: string
  beforeAll(() => {
    empty = makeEmpty()
  })
  afterAll(() => rmSync(empty, { recursive: true, force: true }))
  beforeEach(() => {
    shop.open(empty)
    if (withLater !== 'without') for (const [id, kind] of Object.entries(laterKinds)) shop.enterLater(id, kind)
  })
  afterEach(() => shop.remove())
  return shop
}

/** The files a small shop leaves behind when all is done and well: to be spoilt, and then audited. */
export class SmallShop {
  dataDir = ''
  ledger: Line[] = []
  mailbox: Line[] = []
  sms: Line[] = []
  #files = new Map<Service, Sqlite.Database>()

  /** `empty` holds the files of a shop in which nothing has happened. */
  open(empty: string): void {
    this.dataDir = mkdtempSync(join(tmpdir(), 'orderline-audit-'))
    this.ledger = []
    this.mailbox = []
    this.sms = []
    this.#files = new Map(services.map((service) => [service, openCopy(empty, this.dataDir, service)]))
    this.sql('inventory', `INSERT INTO "Stock" (sku, received, available) VALUES ('MUG', 10, 8), ('PEN', 5, 5)`)
    for (const [id, kind] of Object.entries(kinds)) this.#enter(id, kind)
  }

  audit = (options: AuditOptions = {}) => audit(this.save(), options)
  /** What the auditor finds: a check and an id each, in alphabetical order. */
  wrongs = (options?: AuditOptions) => this.audit(options).findings.map(nameOf).sort()
  sql = (service: Service, sql: string) => this.#files.get(service)?.exec(sql)

  /** Writes the files that are not SQLite's, with half a line at the end as a crash leaves it. */
  save(): string {
    const textOf = (lines: Line[]) => [...lines.map((line) => JSON.stringify(line)), '{"id'].join('\n')
    writeFileSync(join(this.dataDir, 'payment-ledger.jsonl'), textOf(this.ledger))
    writeFileSync(join(this.dataDir, 'mailbox.jsonl'), textOf(this.mailbox))
    writeFileSync(join(this.dataDir, 'sms.jsonl'), textOf(this.sms))
    return this.dataDir
  }

  insert(service: Service, table: string, row: Line): void {
    const names = Object.keys(row)
    const sql = `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`
    this.#files.get(service)?.prepare(sql).run(Object.values(row))
  }

  #enter(id: string, [reservation, payment, ...events]: Kind): void {
    this.place(id)
    let state: State = 'placed'
    for (const event of events) {
      state = event === 'order.cancelled' ? 'cancelled' : stateAfter({ state, tender: 1 }, toldOf(event))
      this.tell(id, event, state)
    }
    const lines = JSON.stringify(reservation === 'cancelled' ? [] : [LINE])
    this.insert('inventory', 'Reservation', { orderId: id, number: id, state: reservation, lines, at })
    if (payment !== null) this.#pay(id, payment)
  }

  /** An order that can be paid for half an hour yet. */
  enterLater(id: string, { reservation, payment, story, ledger }: LaterKind): void {
    this.place(id, at + 1_800_000)
    for (const [event, state, detail] of story) this.tell(id, event, state, JSON.stringify(detail) ?? '', detail)
    const lines = JSON.stringify([LINE])
    this.insert('inventory', 'Reservation', { orderId: id, number: id, state: reservation, lines, at })
    if (reservation === 'reserved')
      this.sql('inventory', `UPDATE "Stock" SET received = received + 2 WHERE sku = 'MUG'`)
    if (payment !== null)
      this.insert('payment', 'Payment', { orderId: id, number: id, state: payment, ...PAID, chargeId: `pi_${id}` })
    for (const [kind, more] of ledger) this.book(kind, id, more)
  }

  /** Places an order, and nothing becomes of it. */
  place(id: string, payBy: number | null = null): void {
    const customer = { customerName: 'Ada', customerEmail: `${id}@example.com`, paymentMethod: 'pm_card_visa' }
    this.insert('order', 'Order', { id, state: 'placed', ...customer, ...PRICE, placedAt: at, payBy })
    this.insert('order', 'OrderLine', { orderId: id, ...LINE, position: 0, name: 'Mug', unitPriceCents: 1_800 })
    this.insert('notification', 'Contact', { orderId: id, number: id, name: '', email: '', lines: '', ...PRICE })
    this.insert('order', 'IdempotencyKey', { key: id, fingerprint: id, orderId: id, at })
    this.tell(id, 'order.placed', 'placed')
  }

  /** Something happens to an order, and all who listen have heard of it. */
  tell(orderId: string, event: EventName, state: State, again = '', more: Line = {}): void {
    const detail = event === 'payment.refunded' ? { refundId: `re_${orderId}`, cents: PRICE.totalCents, ...more } : more
    const [sender = 'order'] = sendersOf(event)
    const id = `${orderId} ${event}${again}`
    this.insert(sender, 'Event', { id, name: event, subject: orderId, at, data: JSON.stringify(detail) })
    for (const service of receiversOf(event)) this.insert(service, 'Inbox', { id, outcome: 'done', at })
    const messageId = receiversOf(event).includes('order') ? id : null
    this.insert('order', 'TimelineEntry', {
      orderId,
      event,
      service: sender,
      state,
      at,
      messageId,
      detail: JSON.stringify(detail),
    })
    this.sql('order', `UPDATE "Order" SET state = '${state}' WHERE id = '${orderId}'`)
    if (event === 'payment.disputed') this.#dispute(orderId, detail)
    if (event === 'payment.refunded') this.#giveBack(orderId, detail)
    const kind = event.replace(/^\w+\./, '')
    if (receiversOf(event).includes('notification'))
      this.mail(orderId, mailNames.get(kind) ?? kind, whichOf(event, detail))
  }

  /** Payment has it in its table, and order in its sum. */
  #giveBack(orderId: string, { refundId, cents }: Line): void {
    this.insert('payment', 'Refund', { id: refundId, orderId, cents, status: 'succeeded', at })
    this.sql('order', `UPDATE "Order" SET refundedCents = refundedCents + ${cents} WHERE id = '${orderId}'`)
  }

  #dispute(orderId: string, { dispute: id, status }: Line): void {
    this.insert('payment', 'Dispute', { id, orderId, status, cents: PRICE.totalCents, reason: 'fraudulent', at })
  }

  mail(orderId: string, kind: string, of = ''): void {
    const [messageId, to] = [
      `<alias-of-${orderId}.${kind}${of === '' ? '' : `.${of}`}@orderline.example>`,
      `${orderId}@example.com`,
    ]
    const orderNumber = this.#numberOf(orderId)
    this.insert('notification', 'Mail', { messageId, orderId, kind, recipient: to, sentAt: at })
    this.mailbox.push({
      id: `${orderId} ${kind}`,
      to: [to],
      messageId,
      orderNumber,
      raw: 'X-Order-Number: …\r\n\r\n"Hello"',
    })
  }

  /** Nobody was ever written to about this order. */
  unmail(orderId: string): void {
    this.sql('notification', `DELETE FROM "Mail" WHERE orderId = '${orderId}'`)
    this.mailbox = this.mailbox.filter(({ to }) => String(to) !== `${orderId}@example.com`)
  }

  /** By order's own count; where there is no such order, a number that none has. */
  #numberOf(id: string): string {
    const row = z.object({ seq: z.int() }).optional()
    const found = row.parse(this.#files.get('order')?.prepare(`SELECT seq FROM "Order" WHERE id = ?`).get(id))
    return found === undefined ? id : `OL-${1_000_000 + found.seq}`
  }

  /** That an order was placed is still on its way to inventory. */
  await(orderId: string): void {
    const values = `seq, 'inventory', ${at}, 1, ${at} FROM "Event" WHERE id = '${orderId} order.placed'`
    this.sql('order', `INSERT INTO "Outbox" (event, queue, stamp, pushes, enqueuedAt) SELECT ${values}`)
  }

  #pay(orderId: string, state: string): void {
    for (const kind of moves.get(state) ?? []) this.book(kind, orderId)
    const ids = { chargeId: `pi_${orderId}`, refundId: state === 'refunded' ? `re_${orderId}` : null }
    const price = { ...PRICE, totalCents: state === 'cancelled' ? 0 : PRICE.totalCents, paymentMethod: '' }
    this.insert('payment', 'Payment', { orderId, number: orderId, state, ...price, ...ids, at })
  }

  /** The gateway moves money (`charge`, `refund`), or refuses to (`decline`). */
  book(kind: string, orderId: string, more: Line = {}): void {
    const ids = { orderId, intentId: `pi_${orderId}`, refundId: kind === 'refund' ? `re_${orderId}` : undefined }
    this.ledger.push({
      kind,
      ...ids,
      sessionId: `cs_${orderId}`,
      amountCents: PRICE.totalCents,
      currency: 'eur',
      ...more,
    })
  }

  /** The shop has never run this service. */
  drop(service: Service): void {
    this.#files.get(service)?.close()
    this.#files.delete(service)
    for (const end of ['', '-wal', '-shm']) rmSync(join(this.dataDir, `${service}.db${end}`), { force: true })
  }

  remove(): void {
    for (const file of this.#files.values()) file.close()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** A folder with the files of all services. They are made once: to apply all migrations takes longer than what a test does with them. */
function makeEmpty(): string {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-audit-empty-'))
  for (const service of services) createFile(folder, service).close()
  return folder
}

/** Applies the service's own migrations. */
function createFile(folder: string, service: Service): Sqlite.Database {
  const file = openFile(folder, service)
  const migrations = join('prisma', service, 'migrations')
  const names = readdirSync(migrations, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'))
  for (const name of names.sort()) file.exec(readFileSync(join(migrations, name), 'utf8'))
  return file
}

function openCopy(from: string, to: string, service: Service): Sqlite.Database {
  copyFileSync(join(from, `${service}.db`), join(to, `${service}.db`))
  return openFile(to, service)
}

/** Without the guards of the tables, so that they can be spoilt. */
function openFile(folder: string, service: Service): Sqlite.Database {
  const file = new Sqlite(join(folder, `${service}.db`))
  file.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON')
  return file
}
