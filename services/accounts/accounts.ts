import type { Language } from '../../shared/customer-events.ts'
import { mailboxOf } from '../../shared/email-address.ts'
import type { Emitted } from '../../shared/events.ts'
import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** Whom we write to. */
export type Person = { name: string; email: string; language: Language }

/** An account as it stands; times in ms, and what is 0 or 1 is no or yes. */
export type Account = Person & {
  id: string
  passwordHash: string
  verifiedAt: number | null
  phone: string | null
  phoneVerifiedAt: number | null
  ordersByMail: number
  ordersBySms: number
  revision: number
  bouncedAt: number | null
  isStopped: number
}

/** What an account begins with. */
export type NewAccount = Person & {
  id: string
  mailbox: string
  passwordHash: string
  createdAt: number
  phone: string | null
}

/** A constant: see `Part`. */
export const accountColumns: Columns<Account> = [
  ...(['id', 'name', 'email', 'language', 'passwordHash', 'verifiedAt', 'phone', 'phoneVerifiedAt'] as const),
  ...(['ordersByMail', 'ordersBySms', 'revision', 'bouncedAt', 'isStopped'] as const),
]
const newColumns: Columns<NewAccount> = [
  ...(['id', 'name', 'email', 'language', 'mailbox', 'passwordHash', 'createdAt', 'phone'] as const),
]

export async function insertAccounts(tx: Client, accounts: NewAccount[]): Promise<void> {
  if (accounts.length > 0) await tx.$executeRaw`${insert('Account', newColumns, accounts)}`
}

/** The accounts of some mailboxes, each by its mailbox. */
export async function accountsAt(read: Client, mailboxes: string[]): Promise<Map<string, Account>> {
  const rows = await read.$queryRaw<Account[]>`
    SELECT ${names(accountColumns)} FROM "Account" WHERE mailbox IN (SELECT value FROM ${each(mailboxes)})`
  return new Map(rows.map((account) => [mailboxOf(account.email), account]))
}

/** The account of an address, however it is written. */
export async function accountAt(read: Client, email: string): Promise<Account | undefined> {
  return (await accountsAt(read, [mailboxOf(email)])).get(mailboxOf(email))
}

/** An account by its id. */
export async function accountCalled(read: Client, id: string): Promise<Account | undefined> {
  const [account] = await read.$queryRaw<Account[]>`
    SELECT ${names(accountColumns)} FROM "Account" WHERE id = ${id}`
  return account
}

type Preferring = Person &
  Pick<Account, 'id' | 'revision' | 'phone' | 'phoneVerifiedAt' | 'ordersByMail' | 'ordersBySms'>

/** What the others are told when any of it has changed. SMS go only where a code has proved the number. */
export function preferredOf(account: Preferring): Emitted {
  const { id: subject, name, email, language, revision, phone, phoneVerifiedAt } = account
  const orders = { mail: account.ordersByMail === 1, sms: account.ordersBySms === 1 }
  const proven = phoneVerifiedAt === null ? null : phone
  return { name: 'customer.preferred', subject, data: { name, email, language, revision, phone: proven, orders } }
}
