import type { Emit } from '../../shared/handler.ts'
import type { Seal } from '../../shared/sealed.ts'
import type { Key } from '../../shared/web/idempotency-key.ts'
import { accountsAt, insertAccounts, type NewAccount, type Person, preferredOf } from './accounts.ts'
import type { Client } from './db.ts'
import { newCode, newLink } from './new-proofs.ts'
import { insertProofs, type Proof } from './proofs.ts'
import { insertRegistrations, type Registration, registrationsByKey } from './registrations.ts'
import type { Secrets } from './secrets.ts'

/** A sign-up as it was asked for; its id is that of its registration, and of the account if it makes one. */
export type Wanted = {
  id: string
  person: Person
  mailbox: string
  phone: string | null
  passwordHash: string
  key: Key | null
}
/** `id` is that of the registration, the earlier one where its key was used before. */
export type Registered = { kind: 'registered' | 'key taken'; id: string }

/** What one transaction is going to write. */
type Books = { accounts: NewAccount[]; registrations: Registration[]; proofs: Proof[] }

/**
 * Makes what registers a group of sign-ups in one transaction. For an address that has an account, in this group or before,
 * it is left as it is, and what is written and told is much the same: a link to set a new password instead of one that
 * verifies, and an SMS without a code.
 */
export function createRegister(secrets: Secrets, seal: Seal) {
  return async (tx: Client, group: Wanted[], emit: Emit): Promise<Registered[]> => {
    const now = Date.now()
    const earlier = await registrationsByKey(
      tx,
      group.flatMap(({ key }) => key?.key ?? []),
    )
    const known: Map<string, Owner> = await accountsAt(
      tx,
      group.map(({ mailbox }) => mailbox),
    )
    const books: Books = { accounts: [], registrations: [], proofs: [] }
    const results = group.map((wanted): Registered => {
      const before = earlier.get(wanted.key?.key ?? '')
      if (before !== undefined) return replayOf(before, wanted)
      const owner = known.get(wanted.mailbox)
      known.set(wanted.mailbox, owner ?? { id: wanted.id, ...wanted.person })
      const entry = registrationOf(wanted, owner, now)
      if (wanted.key !== null) earlier.set(wanted.key.key, entry)
      books.registrations.push(entry)
      if (owner === undefined) books.accounts.push(accountOf(wanted, now))
      tell(wanted, owner, { secrets, seal, books, now, emit })
      return { kind: 'registered', id: wanted.id }
    })
    await insertAccounts(tx, books.accounts)
    await insertRegistrations(tx, books.registrations)
    await insertProofs(tx, books.proofs)
    return results
  }
}

type Owner = Person & { id: string }
type Pen = { secrets: Secrets; seal: Seal; books: Books; now: number; emit: Emit }

function replayOf(before: Registration, { id, key }: Wanted): Registered {
  return before.fingerprint === key?.fingerprint ? { kind: 'registered', id: before.id } : { kind: 'key taken', id }
}

function registrationOf({ id, key, phone }: Wanted, owner: Owner | undefined, at: number): Registration {
  const { key: name = null, fingerprint = null } = key ?? {}
  return { id, account: owner === undefined ? id : null, key: name, fingerprint, at, hasPhone: phone === null ? 0 : 1 }
}

function accountOf({ id, person, mailbox, passwordHash, phone }: Wanted, createdAt: number): NewAccount {
  return { id, ...person, mailbox, passwordHash, createdAt, phone }
}

/** Has the mail sent, and the SMS, and keeps what will prove that they have arrived. */
function tell(wanted: Wanted, owner: Owner | undefined, pen: Pen): void {
  const { id: subject, person } = wanted
  const to = owner ?? { id: subject, ...person }
  const { proof, told } = newLink(owner === undefined ? 'verify' : 'reset', to, pen.now, pen.secrets)
  const { name, email, language } = to
  const data = { name, email, language, isKnown: owner !== undefined, link: pen.seal.close(told) }
  pen.books.proofs.push(proof)
  pen.emit({ name: 'customer.registered', subject, data })
  if (owner === undefined) pen.emit(preferredOf({ ...to, ...FIRST }))
  if (wanted.phone !== null) tellPhone(wanted, wanted.phone, owner, pen)
}

const FIRST = { revision: 1, phone: null, phoneVerifiedAt: null, ordersByMail: 1, ordersBySms: 0 }

/** To the number that was given, and in the name that was given: of the account it learns nothing. */
function tellPhone({ id: subject, person }: Wanted, phone: string, owner: Owner | undefined, pen: Pen): void {
  const { proof, told } = newCode(subject, phone, pen.now, pen.secrets)
  const isKnown = owner !== undefined
  if (!isKnown) pen.books.proofs.push(proof)
  const code = isKnown ? ({ kind: 'known' } as const) : ({ kind: 'code', code: pen.seal.close(told) } as const)
  pen.emit({ name: 'customer.phoneAdded', subject, data: { ...person, phone, ...code } })
}
