import { randomBytes } from 'node:crypto'
import type { Emitted } from '../../shared/events.ts'
import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, insert, names } from '../../shared/store/sql.ts'
import { type CustomerSession, TOKEN_MS } from '../../shared/web/customer-session.ts'
import type { Client } from './db.ts'

/** How long somebody stays signed in who comes back again and again. */
export const SESSION_MS = 30 * 24 * 3_600_000

const SESSIONS_MAX = 30 // of one account: nobody has so many devices, and a program may sign in for ever

/** Somebody is signed in somewhere. `renewal` is the digest of what renews it; `beganAt` in ms. */
export type Session = { id: string; account: string; renewal: string; beganAt: number }

const columns: Columns<Session> = ['id', 'account', 'renewal', 'beganAt']

export const newSessionId = () => randomBytes(16).toString('base64url')

/** When a session is over, whatever happens. */
export const endOf = ({ beganAt }: Pick<Session, 'beganAt'>) => beganAt + SESSION_MS

/** What any service can check by itself for a while. */
export function tokenOf({ id: session, account, beganAt }: Session, now: number): CustomerSession {
  return { account, session, beganAt, until: Math.min(now + TOKEN_MS, endOf({ beganAt })) }
}

/**
 * Begins a session, unless the password was changed while it was compared: then another one is the right one, and this is
 * null. Returns what others have to be told, for with one too many the oldest ends.
 */
export async function beginSession(tx: Client, session: Session, passwordHash: string): Promise<Emitted[] | null> {
  const { account, beganAt: now } = session
  const [found] = await tx.$queryRaw<unknown[]>`
    SELECT id FROM "Account" WHERE id = ${account} AND "passwordHash" = ${passwordHash}`
  if (found === undefined) return null
  await tx.$executeRaw`${insert('Session', columns, [session])}`
  const ended = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM "Session" WHERE account = ${account} AND id NOT IN (
      SELECT id FROM "Session" WHERE account = ${account} ORDER BY "beganAt" DESC LIMIT ${SESSIONS_MAX}) RETURNING id`
  return ended.map(({ id }) => signedOut(account, id, now))
}

/** The session that a browser may renew; null is the renewal of none. */
export async function sessionToRenew(read: Client, renewal: string | null, now: number): Promise<Session | undefined> {
  const [session] = await read.$queryRaw<Session[]>`
    SELECT ${names(columns)} FROM "Session" WHERE renewal = ${renewal} AND "beganAt" > ${now - SESSION_MS}`
  return session
}

/** Ends a session. Returns what others have to be told; nothing where it was over before. */
export async function endSession(tx: Client, id: string, now: number): Promise<Emitted[]> {
  const ended = await tx.$queryRaw<{ account: string }[]>`DELETE FROM "Session" WHERE id = ${id} RETURNING account`
  return ended.map(({ account }) => signedOut(account, id, now))
}

/** Ends all sessions of an account. Returns what others have to be told. */
export async function endAllSessions(tx: Client, account: string, now: number): Promise<Emitted> {
  await tx.$executeRaw`DELETE FROM "Session" WHERE account = ${account}`
  return signedOut(account, null, now)
}

/** Tokens that were given away before are good for an hour; who checks them by the signature alone must know these. */
function signedOut(subject: string, session: string | null, now: number): Emitted {
  return { name: 'customer.signedOut', subject, data: { session, at: now, until: now + TOKEN_MS } }
}

/** Deletes sessions that are over by themselves. */
export const pruneSessions: Prune<Client> = async (tx, now, limit) => tx.$executeRaw`
  DELETE FROM "Session"
  WHERE id IN (SELECT id FROM "Session" WHERE "beganAt" < ${now - SESSION_MS} ORDER BY "beganAt" LIMIT ${limit})`
