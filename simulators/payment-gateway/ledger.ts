import { openAppendLog } from '../append-log.ts'
import { type Entry, entry as entrySchema, type Intent, type Refund } from './entry.ts'

/** What really happened at the gateway, whatever its callers believe. */
export type Ledger = {
  /** Resolves when the entry is on disk; only then can it be found. */
  write(entry: Entry): Promise<void>
  findByKey(key: string): Entry | undefined
  findIntent(intentId: string): Intent | undefined
  findRefund(refundId: string): Refund | undefined
  /** All entries, oldest first, or those of one order. */
  list(orderId?: string): readonly Entry[]
  close(): Promise<void>
}

const MAX_ENTRIES = 1_000_000 // all are held in memory, under 1 kB each; then the gateway says no

/** Opens the ledger file and loads what is in it. Throws when the file is not a ledger. */
export async function openLedger(path: string): Promise<Ledger> {
  const books = new Books()
  const log = await openAppendLog(path, (record) => books.add(entrySchema.parse(record)))
  return {
    async write(entry) {
      if (books.entries.length >= MAX_ENTRIES) throw new Error(`the ledger is full (${MAX_ENTRIES} entries)`)
      await log.append(entry)
      books.add(entry)
    },
    findByKey: (key) => books.byKey.get(key),
    findIntent: (intentId) => books.intents.get(intentId),
    findRefund: (refundId) => books.refunds.get(refundId),
    list: (orderId) => (orderId === undefined ? books.entries : (books.byOrder.get(orderId) ?? [])),
    close: () => log.close(),
  }
}

/** The entries in memory, with the ways in. */
class Books {
  readonly entries: Entry[] = []
  readonly byKey = new Map<string, Entry>()
  readonly byOrder = new Map<string, Entry[]>()
  readonly intents = new Map<string, Intent>()
  readonly refunds = new Map<string, Refund>()

  add(entry: Entry): void {
    this.entries.push(entry)
    if (entry.key !== undefined) this.byKey.set(entry.key, entry)
    if (entry.orderId !== undefined) this.#addToOrder(entry.orderId, entry)
    this.#addToIntent(entry)
  }

  #addToOrder(orderId: string, entry: Entry): void {
    const entries = this.byOrder.get(orderId)
    if (entries) entries.push(entry)
    else this.byOrder.set(orderId, [entry])
  }

  #addToIntent(entry: Entry): void {
    const intent = this.intents.get(entry.intentId)
    switch (entry.kind) {
      case 'charge':
      case 'decline':
        this.intents.set(entry.intentId, { opened: entry, refunds: [] })
        break
      case 'refund':
        this.refunds.set(entry.refundId, entry)
        intent?.refunds.push(entry)
        break
      case 'cancel':
        if (intent) intent.cancelled = entry
    }
  }
}
