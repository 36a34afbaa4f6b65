import { join } from 'node:path'
import { type AccountBook, readAccountBook } from './account-book.ts'
import { type Files, judgedIn, LEDGER, lastWriteOf, MAILBOX, openFiles, readBeside, SMS } from './book-files.ts'
import type { Seen } from './copy-database.ts'
import { type EventBook, readEventBook } from './event-book.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { type LiveBook, readLiveBook } from './live-book.ts'
import { type LogBook, readLogBook } from './log-book.ts'
import { type MailBook, readMailBook } from './mail-book.ts'
import { type Mailbox, readMailbox } from './mailbox.ts'
import { movedSince, type OrderBook, readOrderBook } from './order-book.ts'
import { type PaymentBook, readPaymentBook } from './payment-book.ts'
import { postsOf, readPost } from './post.ts'
import { readSaleBook, type SaleBook } from './sale-book.ts'
import { readSmsBook, type SmsBook } from './sms-book.ts'
import { readStockBook, type StockBook } from './stock-book.ts'
import { readTold, type Told } from './told.ts'
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
  /** Null in a shop of before something was live. */
  live: LiveBook | null
  events: EventBook
  /** Null where nobody ever ran webhooks. */
  webhooks: WebhookBook | null
  /** Null where nobody ever collected lines. */
  logs: LogBook | null
  /** What may be told to subscribers outside; nothing where nobody is subscribed. */
  told: Told[]
}

const senders = ['order', 'inventory', 'payment'] as const

/**
 * Reads all books in `dataDir`, which may be in use; where they are a copy, `seen` is what was seen of the original.
 * Throws `Unusable` when one of them cannot be read.
 */
export function readBooks(dataDir: string, asked: Asked): Books {
  const files = openFiles(dataDir)
  try {
    return readAll(files, { dataDir, ...asked })
  } finally {
    for (const file of Object.values(files)) file?.close()
  }
}

type Asked = { isSaidToRest: boolean; seen: Seen | undefined; isWithoutLines: boolean }

/**
 * The order of reading is what keeps a busy shop from being accused. Orders come first, and at the end those that
 * moved meanwhile are set aside: for the others the order book is as good as read at every moment in between.
 * After that what was noted is read before what it notes (mails sent before the mailbox, payments before the
 * ledger), and messages along their way (order, inventory, payment), so that none slips past. Accounts and sale
 * come late: what belongs to one, or was let in by it, must have been asked for there by then. Live, which only hears, is
 * last; and lines come first, for they tell of what was done before.
 */
function readAll(files: Files, { dataDir, isSaidToRest, seen, isWithoutLines }: Asked & { dataDir: string }): Books {
  const webhooks = readBeside(dataDir, 'webhooks', readWebhookBook) // before what they tell of
  const logs = isWithoutLines ? null : readLogBook(dataDir)
  const order = files.order.snapshot(readOrderBook)
  const mail = files.notification.snapshot(readMailBook)
  const mailbox = readMailbox(join(dataDir, MAILBOX), order.idByNumber)
  const sms = readSmsBook(join(dataDir, SMS))
  const stock = files.inventory.snapshot(readStockBook)
  const payment = files.payment.snapshot(readPaymentBook)
  const ledger = readLedger(join(dataDir, LEDGER))
  const accounts = files.accounts?.snapshot(readAccountBook) ?? null
  const sale = files.sale?.snapshot(readSaleBook) ?? null
  const heard = files.live?.snapshot(readPost) ?? null
  const { isStill, moved } = seen ?? seenIn(files, order)
  const live = heard && readLiveBook(dataDir, heard)
  const read = { order, mail, stock, payment, accounts, sale, live }
  const isSilent = postsOf(read).every(({ waiting }) => waiting.length === 0)
  const told = webhooks?.places.length ? senders.flatMap((sender) => files[sender].snapshot(readTold(sender))) : []
  const isAtRest = isSaidToRest || (isStill && isSilent)
  const judged = judgedIn(files)
  const events = readEventBook(dataDir, logs === null ? judged : [...judged, 'logs'], isSaidToRest)
  const asOf = seen?.asOf ?? lastWriteOf(judged, dataDir)
  return { isAtRest, isSaidToRest, asOf, moved, ...read, mailbox, sms, ledger, events, webhooks, logs, told }
}

/** Each file unchanged from its snapshot until after the last one: they are one state of the whole shop. */
function seenIn(files: Files, { lastStepSeq }: OrderBook): Omit<Seen, 'asOf'> {
  const isStill = Object.values(files).every((file) => file?.isUnchanged() ?? true)
  return { isStill, moved: isStill ? new Set() : files.order.snapshot((file) => movedSince(file, lastStepSeq)) }
}
