import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteFile } from './sqlite-file.ts'
import { Unusable } from './unusable.ts'

// Every shop has these; those since are judged like them where they are; and those beside are no part of what must come to rest.
const always = ['order', 'notification', 'inventory', 'payment'] as const
const since = ['accounts', 'sale', 'live'] as const
const beside = ['webhooks', 'logs'] as const

/** What the shop's own stand-ins for a mail server, a payment gateway and an SMS gateway keep. */
export const MAILBOX = 'mailbox.jsonl'
export const LEDGER = 'payment-ledger.jsonl'
export const SMS = 'sms.jsonl'

/** The open files of the services; null of those that are younger than the shop. */
export type Files = Record<(typeof always)[number], SqliteFile> & Record<(typeof since)[number], SqliteFile | null>

/** Opens what can be judged in `dataDir`. Throws `Unusable` when something is missing, or strange. */
export function openFiles(dataDir: string): Files {
  requireAll(dataDir)
  refuseStrangers(dataDir)
  const open = (service: string) => new SqliteFile(join(dataDir, fileOf(service)))
  const openIf = (service: string) => (existsSync(join(dataDir, fileOf(service))) ? open(service) : null)
  return {
    order: open('order'),
    notification: open('notification'),
    inventory: open('inventory'),
    payment: open('payment'),
    accounts: openIf('accounts'),
    sale: openIf('sale'),
    live: openIf('live'),
  }
}

const fileOf = (service: string) => `${service}.db`

function requireAll(dataDir: string): void {
  const missing = [...always.map(fileOf), MAILBOX, LEDGER].filter((name) => !existsSync(join(dataDir, name)))
  if (missing.length > 0) throw new Unusable(`${dataDir} has no ${missing.join(', ')}`)
}

/** What is in a database that it cannot read, it cannot vouch for. */
function refuseStrangers(dataDir: string): void {
  const known = new Set([...always, ...since, ...beside].map(fileOf))
  const strangers = readdirSync(dataDir).filter((name) => name.endsWith('.db') && !known.has(name))
  if (strangers.length > 0) throw new Unusable(`${dataDir} has ${strangers.join(', ')}, which the auditor cannot judge`)
}

/** The services whose files these are. */
export function judgedIn(files: Files): string[] {
  return [...always, ...since.filter((service) => files[service] !== null)]
}

/** Reads the file of a service that stands beside the pipeline; null where there is none: what waits there is no unrest of the shop. */
export function readBeside<T>(
  dataDir: string,
  service: (typeof beside)[number],
  read: (file: SqliteFile) => T,
): T | null {
  const path = join(dataDir, fileOf(service))
  if (!existsSync(path)) return null
  const file = new SqliteFile(path)
  try {
    return file.snapshot(read)
  } finally {
    file.close()
  }
}

/** When one of these services last wrote (ms). */
export function lastWriteOf(judged: readonly string[], dataDir: string): number {
  const files = judged.flatMap((service) => [fileOf(service), `${fileOf(service)}-wal`])
  return Math.max(...files.map((name) => statSync(join(dataDir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0))
}
