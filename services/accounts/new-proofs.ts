import { expiryOf, type Proof } from './proofs.ts'
import type { Secrets } from './secrets.ts'

/** A proof as it is kept, and what is told once, to one person: the token of a link or the code of an SMS. */
type New = { proof: Proof; told: string }

/** A link that proves that its reader has the mailbox. */
export function newLink(
  kind: 'verify' | 'reset',
  to: { id: string; email: string },
  now: number,
  secrets: Secrets,
): New {
  const told = secrets.newToken()
  const proof = { kind, account: to.id, target: to.email, expiresAt: expiryOf(kind, now) }
  return { proof: { digest: secrets.digestOf(kind, told), ...proof }, told }
}

/** A code that proves that its reader has the phone. */
export function newCode(account: string, phone: string, now: number, secrets: Secrets): New {
  const told = secrets.newCode()
  const proof = { kind: 'phone', account, target: phone, expiresAt: expiryOf('phone', now) } as const
  return { proof: { digest: codeDigest(account, phone, told, secrets), ...proof }, told }
}

/** The same code is another one for another account, or another number. */
export function codeDigest(account: string, phone: string, code: string, secrets: Secrets): string {
  return secrets.digestOf('phone', `${account} ${phone} ${code}`)
}
