import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type AccountBook, readAccountBook } from './account-book.ts'
import { type EventBook, readEventBook } from './event-book.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { type MailBook, readMailBook } from './mail-book.ts'
import { type Mailbox, readMailbox } from './mailbox.ts'
import { movedSince, type OrderBook, readOrderBook } from './order-book.ts'
import { type PaymentBook, readPaymentBook } from './payment-book.ts'
import { postsOf } from './post.ts'
import { readSaleBook, type SaleBook } from './sale-book.ts'
import { readSmsBook, type SmsBook } from './sms-book.ts'
import { SqliteFile } from './sqlite-file.ts'
import { readStockBook, type StockBook } from './stock-book.ts'
import { readTold, type Told } from './told.ts'
import { Unusable } from './unusable.ts'
import { readWebhookBook, type WebhookBook } from './webhook-book.ts'

/** Everything the auditor goes by. */
export type Books = {
  /** Nothing is on its way, so nothing may be excused by work that is yet to be done. */
  isAtRest: boolean
  /** Somebody who knows has said so; otherwise the auditor has seen it, and the gateway may know more than the services. */
  isSaidToRest: boolean
  /** When the services were last at work (ms), by what they wrote: what was due later nobody was there to do. */
  asOf: number
  /** Orders that went on while the books were read: what the books say of them may not fit together. */
  moved: ReadonlySet<string>
  order: OrderBook
  mail: MailBook
  mailbox: Mailbox
  stock: StockBook
  payment: PaymentBook
  ledger: Ledger
  sms: SmsBook
  /** Null in a shop of before there were accounts. */
  accounts: AccountBook | null
  /** Null in a shop of before there were sales. */
  sale: SaleBook | null
  events: EventBook
  /** Null where nobody ever ran webhooks. */
  webhooks: WebhookBook | null
  /** What may be told to subscribers outside; nothing where nobody is subscribed. */
  told: Told[]
}

const senders = ['order', 'inventory', 'payment'] as const
const services = ['order', 'notification', 'inventory', 'payment'] as const
// Of services that older shops have not: these two are judged like the others where they are, webhooks stands beside the pipeline.
const ACCOUNTS = 'accounts.db'
const SALE = 'sale.db'
const WEBHOOKS = 'webhooks.db'
// What the shop's own stand-ins for a mail server, a payment gateway and an SMS gateway keep.
const MAILBOX = 'mailbox.jsonl'
const LEDGER = 'payment-ledger.jsonl'
const SMS = 'sms.jsonl'

type Files = Record<(typeof services)[number], SqliteFile> & { accounts: SqliteFile | null; sale: SqliteFile | null }

/** Reads all books in `dataDir`, which may be in use. Throws `Unusable` when one of them cannot be read. */
export function readBooks(dataDir: string, isSaidToRest: boolean): Books {
  requireAll(dataDir)
  refuseStrangers(dataDir)
  const files = openFiles(dataDir)
  try {
    return readAll(files, dataDir, isSaidToRest)
  } finally {
    for (const file of Object.values(files)) file?.close()
  }
}

function requireAll(dataDir: string): void {
  const names = [...services.map((service) => `${service}.db`), MAILBOX, LEDGER]
  const missing = names.filter((name) => !existsSync(join(dataDir, name)))
  if (missing.length > 0) throw new Unusable(`${dataDir} has no ${missing.join(', ')}`)
}

/** What is in a database that it cannot read, it cannot vouch for. */
function refuseStrangers(dataDir: string): void {
  const known = new Set<string>([...services.map((service) => `${service}.db`), ACCOUNTS, SALE, WEBHOOKS])
  const strangers = readdirSync(dataDir).filter((name) => name.endsWith('.db') && !known.has(name))
  if (strangers.length > 0) throw new Unusable(`${dataDir} has ${strangers.join(', ')}, which the auditor cannot judge`)
}

function openFiles(dataDir: string): Files {
  const open = (service: string) => new SqliteFile(join(dataDir, `${service}.db`))
  const openIf = (service: string) => (existsSync(join(dataDir, `${service}.db`)) ? open(service) : null)
  return {
    order: open('order'),
    notification: open('notification'),
    inventory: open('inventory'),
    payment: open('payment'),
    accounts: openIf('accounts'),
    sale: openIf('sale'),
  }
}

/** Subscribers may be away for days, so what waits for them is no unrest of the shop. */
function readWebhooks(dataDir: string): WebhookBook | null {
  if (!existsSync(join(dataDir, WEBHOOKS))) return null
  const file = new SqliteFile(join(dataDir, WEBHOOKS))
  try {
    return file.snapshot(readWebhookBook)
  } finally {
    file.close()
  }
}

/**
 * The order of reading is what keeps a busy shop from being accused. Orders come first, and at the end those that
 * moved meanwhile are set aside: for the others the order book is as good as read at every moment in between.
 * After that what was noted is read before what it notes (mails sent before the mailbox, payments before the
 * ledger), and messages along their way (order, inventory, payment), so that none slips past. Accounts and sale
 * come last: what belongs to one, or was let in by it, must have been asked for there by then.
 */
function readAll(files: Files, dataDir: string, isSaidToRest: boolean): Books {
  const webhooks = readWebhooks(dataDir) // before what they tell of
  const order = files.order.snapshot(readOrderBook)
  const mail = files.notification.snapshot(readMailBook)
  const mailbox = readMailbox(join(dataDir, MAILBOX), order.idByNumber)
  const sms = readSmsBook(join(dataDir, SMS))
  const stock = files.inventory.snapshot(readStockBook)
  const payment = files.payment.snapshot(readPaymentBook)
  const ledger = readLedger(join(dataDir, LEDGER))
  const accounts = files.accounts?.snapshot(readAccountBook) ?? null
  const sale = files.sale?.snapshot(readSaleBook) ?? null
  // Each file unchanged from its snapshot until after the last one: they are one state of the whole shop.
  const isStill = Object.values(files).every((file) => file?.isUnchanged() ?? true)
  const moved = isStill ? new Set<string>() : files.order.snapshot((file) => movedSince(file, order.lastStepSeq))
  const read = { order, mail, stock, payment, accounts, sale }
  const isSilent = postsOf(read).every(({ waiting }) => waiting.length === 0)
  const told = webhooks?.places.length ? senders.flatMap((sender) => files[sender].snapshot(readTold(sender))) : []
  const isAtRest = isSaidToRest || (isStill && isSilent)
  const judged = [...services, ...(accounts === null ? [] : ['accounts']), ...(sale === null ? [] : ['sale'])]
  const events = readEventBook(dataDir, judged)
  const asOf = lastWriteIn(dataDir, judged)
  return { isAtRest, isSaidToRest, asOf, moved, ...read, mailbox, sms, ledger, events, webhooks, told }
}

function lastWriteIn(dataDir: string, judged: readonly string[]): number {
  const files = judged.flatMap((service) => [`${service}.db`, `${service}.db-wal`])
  return Math.max(...files.map((name) => statSync(join(dataDir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0))
}
