import type { Language } from '../../shared/customer-events.ts'
import type { Message } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import { newest } from '../../shared/newest.ts'
import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** How an account wants to hear of its orders. `phone` is one that it has proved to be its own. */
export type Preference = {
  account: string
  revision: number
  name: string
  email: string
  language: Language
  phone: string | null
  ordersByMail: number
  ordersBySms: number
}

const columns: Columns<Preference> = [
  ...(['account', 'revision', 'name', 'email', 'language', 'phone'] as const),
  ...(['ordersByMail', 'ordersBySms'] as const),
]
/** The revision of an account that was deleted: none is higher, so what comes late changes nothing. */
export const GONE = Number.MAX_SAFE_INTEGER

/** What is left of an account that was deleted. */
export const goneAccount = (account: string): Preference => ({
  ...{ account, revision: GONE, name: '', email: '', language: 'en', phone: null, ordersByMail: 0, ordersBySms: 0 },
})

/** On `customer.preferred`: keeps it, unless a later one has come before. */
export const keepPreferences: Handler<'customer.preferred', Client> = {
  says: 'preference.kept',
  async apply(tx, batch) {
    const told = batch.map(({ message }) => preferenceIn(message))
    await writePreferences(
      tx,
      newest(told, ({ account }) => account),
    )
  },
}

/** Writes preferences, one for each account, where they are newer. */
export async function writePreferences(tx: Client, preferences: Preference[]): Promise<void> {
  await tx.$executeRaw`
    ${insert('Preference', columns, preferences)} ON CONFLICT (account) DO UPDATE SET
      revision = excluded.revision, name = excluded.name, email = excluded.email, language = excluded.language,
      phone = excluded.phone, "ordersByMail" = excluded."ordersByMail", "ordersBySms" = excluded."ordersBySms"
    WHERE excluded.revision > "Preference".revision`
}

function preferenceIn({ subject: account, data }: Message<'customer.preferred'>): Preference {
  const { orders, ...told } = data
  return { account, ...told, ordersByMail: Number(orders.mail), ordersBySms: Number(orders.sms) }
}

/** What these accounts have asked for, in their order; null where nobody has told us yet. */
export async function preferencesOf(read: Client, accounts: string[]): Promise<(Preference | null)[]> {
  const rows = await read.$queryRaw<Preference[]>`
    SELECT ${names(columns)} FROM "Preference" WHERE account IN (SELECT value FROM ${each(accounts)})`
  const byAccount = new Map(rows.map((row) => [row.account, { ...row, revision: Number(row.revision) }]))
  return accounts.map((account) => byAccount.get(account) ?? null)
}
