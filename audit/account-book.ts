import { z } from 'zod'
import { oneMailbox } from './addresses.ts'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const flag = z.int().transform((number) => number === 1)
const account = z.object({
  id: z.string(),
  mailbox: z.string().nullable(),
  isVerified: flag,
  isDeleted: flag,
  isErased: flag,
})
export const due = z.object({
  ...{ id: z.string(), subject: z.string(), kind: z.string(), to: z.string() },
  isOptional: flag.optional(),
})
const named = z.object({ id: z.string() })
const doubt = z.object({ id: z.string(), detail: z.string() })

/** An account; of one that is deleted nothing but its id is to be left. */
export type ShopAccount = z.infer<typeof account>

/**
 * A mail or an SMS that is to be sent: the event that asks for it, what it is about, and to whom it goes, '' where that is
 * forgotten. What is optional may be left out.
 */
export type DueText = z.infer<typeof due>

/** What accounts knows. */
export type AccountBook = {
  accounts: Map<string, ShopAccount>
  /** Ids of all sign-ups, also of those that made no account. */
  registrations: Set<string>
  mails: DueText[]
  sms: DueText[]
  /** Were proved twice, or tried more often than may be. */
  doubtful: z.infer<typeof doubt>[]
  /** Mailboxes that were proved to be an account's, which has gone. */
  forgotten: Set<string>
  /** Deleted accounts that still have a proof, or are still signed in. */
  haunted: string[]
  post: Post
}

/** Reads accounts' file. */
export function readAccountBook(file: SqliteFile): AccountBook {
  const accounts = new Map([...file.rows(account, ACCOUNTS)].map((row) => [row.id, row]))
  return {
    accounts,
    registrations: new Set([...file.rows(named, REGISTRATIONS)].map(({ id }) => id)),
    mails: [...file.rows(due, MAILS)],
    sms: [...file.rows(due, SMS)],
    doubtful: [...file.rows(doubt, PROVED_TWICE), ...file.rows(doubt, GUESSED)],
    forgotten: new Set([...file.rows(named, FORGOTTEN)].map(({ id }) => oneMailbox(id))),
    haunted: [...file.rows(named, HAUNTED)].map(({ id }) => id),
    post: readPost(file),
  }
}

const ACCOUNTS = `
  SELECT id, mailbox, verifiedAt IS NOT NULL AS isVerified, deletedAt IS NOT NULL AS isDeleted,
    (email = '' AND name = '' AND passwordHash = '' AND mailbox IS NULL AND phone IS NULL) AS isErased
  FROM "Account"`
const OWN = `FROM "Event" WHERE copyOf IS NULL AND name`
const REGISTRATIONS = `SELECT subject AS id ${OWN} = 'customer.registered'`
const MAILS = `
  SELECT id, subject, data->>'$.email' AS "to",
    COALESCE(data->>'$.kind', CASE data->>'$.isKnown' WHEN 1 THEN 'known' ELSE 'welcome' END) AS kind
  ${OWN} IN ('customer.registered', 'customer.linkAsked')`
const SMS = `
  SELECT id, subject, data->>'$.phone' AS "to", data->>'$.kind' AS kind ${OWN} = 'customer.phoneAdded'`

const PROVED_TWICE = `
  SELECT subject AS id, 'its address was proved ' || COUNT(*) || ' times' AS detail
  ${OWN} = 'customer.verified' GROUP BY subject HAVING COUNT(*) > 1`
const TRIES_MAX = 5
const GUESSED = `
  SELECT account AS id, attempts || ' tries at one code' AS detail FROM "Proof"
  WHERE kind = 'phone' AND attempts > ${TRIES_MAX}`
const FORGOTTEN = `SELECT data->>'$.email' AS id ${OWN} = 'customer.deleted' AND data->>'$.email' <> ''`
const HAUNTED = `
  SELECT id FROM "Account" WHERE deletedAt IS NOT NULL AND id IN (
    SELECT account FROM "Proof" UNION ALL SELECT account FROM "Session")`
