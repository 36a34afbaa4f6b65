import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long a proof is good for: links lie in mailboxes, codes are typed at once. */
const LASTS_MS = { verify: 72 * HOUR_MS, reset: HOUR_MS, phone: 10 * MINUTE_MS }

export type ProofKind = keyof typeof LASTS_MS

/** What proves that somebody reads what we send to `target`, an address or a number of `account`. */
export type Proof = { digest: string; kind: ProofKind; account: string; target: string; expiresAt: number }

/** What became of a link: it proved something, has done so before, or is none of ours any more. */
export type Use = { kind: 'proven'; account: string; target: string } | { kind: 'used' } | { kind: 'none' }

type Link = { kind: 'good'; account: string } | { kind: 'used' | 'none' }

const columns: Columns<Proof> = ['digest', 'kind', 'account', 'target', 'expiresAt']

export const expiryOf = (kind: ProofKind, now: number) => now + LASTS_MS[kind]

export async function insertProofs(tx: Client, proofs: Proof[]): Promise<void> {
  if (proofs.length > 0) await tx.$executeRaw`${insert('Proof', columns, proofs)}`
}

/** Uses a link up: it proves its address once. Whoever uses it at the same time sees that it is used. */
export async function useLink(tx: Client, kind: ProofKind, digest: string, now: number): Promise<Use> {
  const [proven] = await tx.$queryRaw<{ account: string; target: string }[]>`
    UPDATE "Proof" SET "usedAt" = ${now}
    WHERE digest = ${digest} AND kind = ${kind} AND account <> '' AND "usedAt" IS NULL AND "expiresAt" > ${now}
    RETURNING account, target`
  if (proven !== undefined) return { kind: 'proven', ...proven }
  const { kind: standing } = await linkOf(tx, kind, digest, now)
  return { kind: standing === 'used' ? 'used' : 'none' }
}

/** How a link stands, and whose it is; `none` also for one whose time is over. */
export async function linkOf(read: Client, kind: ProofKind, digest: string, now: number): Promise<Link> {
  const [proof] = await read.$queryRaw<{ account: string; usedAt: number | null }[]>`
    SELECT account, "usedAt" FROM "Proof"
    WHERE digest = ${digest} AND kind = ${kind} AND account <> '' AND "expiresAt" > ${now}`
  if (proof === undefined) return { kind: 'none' }
  return proof.usedAt === null ? { kind: 'good', account: proof.account } : { kind: 'used' }
}

/** The proof of one kind that was made last for an account, and how often it was tried; undefined where none is good. */
export async function openProof(tx: Client, kind: ProofKind, account: string, now: number) {
  const [proof] = await tx.$queryRaw<(Proof & { attempts: number })[]>`
    SELECT ${names(columns)}, attempts FROM "Proof"
    WHERE account = ${account} AND kind = ${kind} AND "usedAt" IS NULL AND "expiresAt" > ${now}`
  return proof
}

/** Counts one more try. */
export async function countTry(tx: Client, digest: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Proof" SET attempts = attempts + 1 WHERE digest = ${digest}`
}

/** Takes away what was to prove the same, or something else; `but` the one that may tell that it is used. */
export async function dropProofs(tx: Client, kind: ProofKind, account: string, but = ''): Promise<void> {
  await tx.$executeRaw`DELETE FROM "Proof" WHERE account = ${account} AND kind = ${kind} AND digest <> ${but}`
}

/** Deletes proofs whose time is over. */
export const pruneProofs: Prune<Client> = async (tx, now, limit) => tx.$executeRaw`
  DELETE FROM "Proof"
  WHERE digest IN (SELECT digest FROM "Proof" WHERE "expiresAt" < ${now} ORDER BY "expiresAt" LIMIT ${limit})`
