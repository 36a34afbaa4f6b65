import { createHash, createHmac, randomBytes } from 'node:crypto'
import { isSame } from '../is-same.ts'

/** What a program of ours asks another one: of this no word can be changed on the way. */
export type Call = {
  /** Whom it is for: a program by name or, where the address came from data, the origin that was called. */
  to: string
  method: string
  /** With its query. */
  path: string
}

/** What a call says of itself beside that: when (ms) and as which one it was made, and the digest of its body. */
export type Signed = { at: number; nonce: string; digest: string; signature: string }

const SIGNED = /^Orderline (\d{13})\.([\w-]{22})\.([\w-]{43})\.([\w-]{43})$/

/** The header `Authorization` of a call. It tells whoever gets hold of it nothing that would do for another call. */
export function sign(call: Call, body: string, secret: string, now: number): string {
  const said = { at: now, nonce: randomBytes(16).toString('base64url'), digest: digestOf(body) }
  return `Orderline ${said.at}.${said.nonce}.${said.digest}.${seal(call, said, secret)}`
}

/** What the header of a call says; null where there is none, or that of somebody else. */
export function signedIn(header: string | undefined): Signed | null {
  const [, at, nonce = '', digest = '', signature = ''] = SIGNED.exec(header ?? '') ?? []
  return at === undefined ? null : { at: Number(at), nonce, digest, signature }
}

/** Whether it was signed with this secret, for this very call. */
export function isSealed(signed: Signed, call: Call, secret: string): boolean {
  return isSame(signed.signature, seal(call, signed, secret))
}

export const digestOf = (body: string | Buffer) => createHash('sha256').update(body).digest('base64url')

function seal({ to, method, path }: Call, { at, nonce, digest }: Omit<Signed, 'signature'>, secret: string): string {
  const said = JSON.stringify([to, method, path, digest, at, nonce]) // so that no two calls read the same
  return createHmac('sha256', secret).update(said).digest('base64url')
}
