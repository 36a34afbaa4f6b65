import type { Books } from './books.ts'
import { unnotedSms } from './check-texts.ts'
import { lettersIn } from './dead-letters.ts'
import { isFinal } from './fates.ts'
import { refundsOf, sumCents } from './ledger.ts'
import { duplicatesIn } from './mailbox.ts'
import { countIn } from './numbers.ts'
import { postsOf } from './post.ts'
import { countSales, type SaleFigures } from './sale-figures.ts'
import { sum } from './sum.ts'
import { waitsFor } from './waiting.ts'

/** What was found in the books, right or wrong. */
export type Figures = {
  orders: { total: number; onTheirWay: number; waiting: number; byState: Record<string, number> }
  units: { received: number; available: number; aside: number; reserved: number }
  money: { charges: number; refunds: number; chargedCents: number; refundedCents: number; keptCents: number }
  mails: { arrived: number; duplicates: number }
  accounts: { registrations: number; total: number; verified: number; deleted: number; sms: number; smsCopies: number }
  sales: SaleFigures | null
  webhooks: { subscriptions: number; due: number; taken: number }
  alerts: { asked: number; confirmed: number; told: number; mails: number }
  /** Null where nobody ever collected lines. `gaps` are told: so often lines were gone before they could be read. */
  lines: { kept: number; runs: number; gaps: number; toRead: number } | null
  messages: {
    handled: number
    waiting: number
    deadLettersOfOrders: number
    deadLettersOfAccounts: number
    deadLettersOfSales: number
    deadLettersOfGarbage: number
    /** Put away by a person, with a reason. */
    deadLettersPutAway: number
  }
}

/** Adds it all up. */
export function figuresOf(books: Books): Figures {
  return {
    orders: countOrders(books),
    units: countUnits(books),
    money: countMoney(books),
    mails: countMails(books),
    accounts: countAccounts(books),
    sales: countSales(books),
    webhooks: countWebhooks(books),
    alerts: countAlerts(books),
    lines: countLines(books),
    messages: countMessages(books),
  }
}

/** Those that wait for their customer, or for a bank, are not on their way to anywhere. */
function countOrders(books: Books): Figures['orders'] {
  const orders = [...books.order.orders.values()]
  const byState: Record<string, number> = {}
  for (const { state } of orders) byState[state] = (byState[state] ?? 0) + 1
  const open = orders.filter((order) => !isFinal(order))
  const waiting = open.filter((order) => waitsFor(order, books) !== null).length
  return { total: orders.length, onTheirWay: open.length - waiting, waiting, byState }
}

function countUnits({ stock }: Books): Figures['units'] {
  const reserved = [...stock.reservations.values()].filter(({ state }) => state === 'reserved')
  return {
    received: sum(stock.shelves.map((shelf) => shelf.received)),
    available: sum(stock.shelves.map(({ available }) => available)),
    aside: sum([...stock.allotments.values()].map(({ free }) => free)),
    reserved: sum(reserved.flatMap(({ lines }) => lines.map(({ quantity }) => quantity))),
  }
}

function countMoney({ ledger: { accounts, nameless } }: Books): Figures['money'] {
  const named = [...accounts.values()].flatMap((account) => [...account.charges, ...refundsOf(account)])
  const entries = [...nameless, ...named]
  const charges = entries.filter(({ kind }) => kind === 'charge')
  const refunds = entries.filter(({ kind }) => kind === 'refund')
  const [chargedCents, refundedCents] = [sumCents(charges), sumCents(refunds)]
  const keptCents = chargedCents - refundedCents
  return { charges: charges.length, refunds: refunds.length, chargedCents, refundedCents, keptCents }
}

function countMails({ mailbox }: Books): Figures['mails'] {
  const { arrived, personal } = mailbox
  const mails = sum([...arrived.values(), ...personal.values()].map((some) => some.length))
  return { arrived: mails + mailbox.nameless.length, duplicates: duplicatesIn(mailbox) }
}

function countAccounts(books: Books): Figures['accounts'] {
  const { accounts: book, sms } = books
  const all = [...(book?.accounts.values() ?? [])]
  return {
    registrations: book?.registrations.size ?? 0,
    total: all.length,
    verified: all.filter(({ isVerified }) => isVerified).length,
    deleted: all.filter(({ isDeleted }) => isDeleted).length,
    sms: sms.size,
    smsCopies: unnotedSms(books).copies.length,
  }
}

function countWebhooks({ webhooks }: Books): Figures['webhooks'] {
  const noted = [...(webhooks?.noted.values() ?? [])]
  const [subscriptions, taken] = [webhooks?.subscriptions.length ?? 0, noted.filter((isTaken) => isTaken).length]
  return { subscriptions, due: noted.length, taken }
}

function countAlerts({ mail: { alerts: book } }: Books): Figures['alerts'] {
  const all = [...book.alerts.values()]
  return {
    asked: all.length,
    confirmed: all.filter(({ isConfirmed }) => isConfirmed).length,
    told: all.filter(({ state }) => state === 'told').length,
    mails: book.mails.filter(({ alert, kind }) => book.alerts.get(alert)?.kind === kind).length,
  }
}

function countLines({ logs }: Books): Figures['lines'] {
  if (logs === null) return null
  const { kept, gaps, ahead } = logs
  return {
    kept: sum([...kept.values()].map(countIn)),
    runs: kept.size,
    gaps: gaps.length,
    toRead: ahead.count,
  }
}

function countMessages(books: Books): Figures['messages'] {
  const posts = [...postsOf(books), ...(books.webhooks ? [books.webhooks.post] : [])]
  const { ofOrders, ofAccounts, ofSales, garbage } = lettersIn(books)
  return {
    handled: sum(posts.map(({ handledCount }) => handledCount)),
    waiting: sum(posts.map(({ waiting }) => waiting.length)),
    deadLettersOfOrders: ofOrders.length,
    deadLettersOfAccounts: ofAccounts.length,
    deadLettersOfSales: ofSales.length,
    deadLettersOfGarbage: garbage.length,
    deadLettersPutAway: sum(posts.map(({ discarded }) => discarded.length)),
  }
}
