import { z } from 'zod'
import { type DueText, due } from './account-book.ts'
import { type AlertBook, readAlertBook } from './alert-book.ts'
import { kindIn } from './mailbox.ts'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const flag = z.int().transform((number) => number === 1)
const contact = z.object({ orderId: z.string(), isNamed: flag })
const row = z.object({ orderId: z.string(), messageId: z.string() })
const personal = z.object({ subject: z.string(), kind: z.string(), messageId: z.string() })
const named = z.object({ id: z.string() })
const sms = z.object({
  id: z.string(),
  subject: z.string(),
  kind: z.string(),
  phone: z.string(),
  sid: z.string().nullable(),
  isDone: flag,
})

/** A mail about an account that is noted as sent. */
export type NotedMail = z.infer<typeof personal>

/** An SMS as notification has it; `sid` is the gateway's id, null where it has not taken it. */
export type NotedSms = z.infer<typeof sms>

/** What notification knows: whom it can write to, and what it has noted as sent. */
export type MailBook = {
  /** By order, and whether there is a name or an address. */
  contacts: Map<string, boolean>
  /** Accounts whose name, address or phone it keeps. */
  people: Set<string>
  /** The kinds of mail about each order; and those that were not sent, for its customer wants none. */
  noted: Map<string, Set<string>>
  unsent: Map<string, Set<string>>
  personal: NotedMail[]
  /** Mails that go out because an SMS could not be delivered. */
  instead: DueText[]
  /** Who wants to be told of a product. */
  alerts: AlertBook
  /** What a mail was about that its recipient's server has refused. */
  bounced: Set<string>
  /** By the event that asked for it; and what it has asked of itself. */
  sms: Map<string, NotedSms>
  smsDue: DueText[]
  post: Post
}

/** Reads notification's file. */
export function readMailBook(file: SqliteFile): MailBook {
  return {
    contacts: new Map([...file.rows(contact, CONTACTS)].map(({ orderId, isNamed }) => [orderId, isNamed])),
    people: idsOf(file, PEOPLE),
    noted: kindsByOrder(file, 'Mail'),
    unsent: kindsByOrder(file, 'Unsent'),
    personal: [...file.rows(personal, PERSONAL)],
    instead: [...file.rows(due, INSTEAD)],
    alerts: readAlertBook(file),
    bounced: idsOf(file, BOUNCED),
    sms: new Map([...file.rows(sms, SMS)].map((one) => [one.id, one])),
    smsDue: [...file.rows(due, SMS_DUE)],
    post: readPost(file),
  }
}

function kindsByOrder(file: SqliteFile, table: 'Mail' | 'Unsent'): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>()
  for (const { orderId, messageId } of file.rows(row, `SELECT orderId, messageId FROM "${table}"`))
    kinds.set(orderId, (kinds.get(orderId) ?? new Set()).add(kindIn(messageId)))
  return kinds
}

function idsOf(file: SqliteFile, sql: string): Set<string> {
  return new Set([...file.rows(named, sql)].map(({ id }) => id))
}

const PERSONAL = `SELECT subject, kind, messageId FROM "CustomerMail"`
const CONTACTS = `SELECT orderId, (name <> '' OR email <> '') AS isNamed FROM "Contact"`
const PEOPLE = `
  SELECT account AS id FROM "Preference" WHERE name <> '' OR email <> '' OR phone <> ''
  UNION SELECT subject FROM "Sms" WHERE name <> '' OR email <> '' OR phone <> ''
  UNION SELECT subject FROM "CustomerMail" WHERE recipient <> ''`
const OWN = `FROM "Event" WHERE copyOf IS NULL AND name`
// About an order there is a mail anyway, if its customer wants any.
const INSTEAD = `
  SELECT "Event".id, "Event".subject, CASE data->>'$.kind' WHEN 'code' THEN 'code' ELSE 'instead' END AS kind,
    COALESCE(email, '') AS "to", data->>'$.kind' = 'order' AS isOptional
  FROM "Event" LEFT JOIN "Sms" ON "Sms".id = data->>'$.sms' WHERE copyOf IS NULL AND "Event".name = 'sms.failed'`
const BOUNCED = `SELECT subject AS id FROM "Bounce"`
const SMS = `SELECT id, subject, kind, phone, sid, state <> 'sending' AS isDone FROM "Sms"`
const SMS_DUE = `SELECT id, subject, data->>'$.phone' AS "to", data->>'$.kind' AS kind ${OWN} = 'sms.due'`
