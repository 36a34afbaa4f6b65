import { openAppendLog } from '../append-log.ts'
import { Books } from './books.ts'
import { type Entry, entry as entrySchema } from './entry.ts'
import type { Intent } from './intent.ts'
import type { Session } from './session.ts'

/** What really happened at the gateway, whatever its callers believe. */
export type Ledger = {
  /** Resolves when the entries are on disk; only then can they be found. Those of one call are written in one piece. */
  write(entries: readonly Entry[]): Promise<void>
  findByKey(key: string): Entry | undefined
  findIntent(intentId: string): Intent | undefined
  /** The intent that a charge, a refund, a dispute or a challenge belongs to. */
  findIntentOf(id: string): Intent | undefined
  findSession(sessionId: string): Session | undefined
  /** All entries, oldest first, or those of one order. */
  list(orderId?: string): readonly Entry[]
  intents(): Iterable<Intent>
  sessions(): Iterable<Session>
  /** Calls after each write with what was written. */
  onWrite(hear: (entries: readonly Entry[]) => void): void
  close(): Promise<void>
}

const MAX_ENTRIES = 1_000_000 // all are held in memory, under 1 kB each; then the gateway says no

/** Opens the ledger file and loads what is in it. Throws when the file is not a ledger. */
export async function openLedger(path: string): Promise<Ledger> {
  const books = new Books()
  const hearers: ((entries: readonly Entry[]) => void)[] = []
  const log = await openAppendLog(path, (record) => books.add(entrySchema.parse(record)))
  return {
    async write(entries) {
      if (books.entries.length >= MAX_ENTRIES) throw new Error(`the ledger is full (${MAX_ENTRIES} entries)`)
      await Promise.all(entries.map((entry) => log.append(entry))) // all in one group: nothing comes between
      for (const entry of entries) books.add(entry)
      for (const hear of hearers) hear(entries)
    },
    findByKey: (key) => books.byKey.get(key),
    findIntent: (intentId) => books.intents.get(intentId),
    findIntentOf: (id) => books.intents.get(books.intentOf.get(id) ?? ''),
    findSession: (sessionId) => books.sessions.get(sessionId),
    list: (orderId) => (orderId === undefined ? books.entries : (books.byOrder.get(orderId) ?? [])),
    intents: () => books.intents.values(),
    sessions: () => books.sessions.values(),
    onWrite: (hear) => void hearers.push(hear),
    close: () => log.close(),
  }
}
