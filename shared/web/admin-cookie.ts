import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Request } from './http.ts'
import { Problem } from './problem.ts'

/**
 * The cookie that stands for the admin token in a browser. It is derived from the token, so that the cookie jar
 * does not hold the token, and it outlives a restart. Its name is, too: cookies know no ports, and two shops on
 * one host must not throw each other's rooms out.
 */
export function cookieFor(token: string): { name: string; value: string } {
  const derived = (use: string) => createHmac('sha256', token).update(use).digest('base64url')
  return { name: `orderline_${derived('cookie name').slice(0, 8)}`, value: derived('control room') }
}

/** True when the request carries the admin's cookie. */
export function carriesCookie(req: Request, token: string): boolean {
  const { name, value } = cookieFor(token)
  const cookies = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  const given = cookies.find((pair) => pair.startsWith(`${name}=`))
  return given !== undefined && isToken(given.slice(name.length + 1), value)
}

/**
 * True when a request that changes something was not made by a page of this very server. A browser sends the
 * cookie along whoever asks, and for a cookie all ports of a host are the same site; a bearer token it does not.
 */
export function isForged(req: Request): boolean {
  if (req.method === 'GET' || req.method === 'HEAD') return false
  const site = req.get('sec-fetch-site')
  if (site !== undefined) return site !== 'same-origin'
  return req.get('origin') !== `${req.protocol}://${req.get('host')}`
}

/** The token of `Authorization: Bearer <token>`, if there is one. The scheme is spelt in any case: RFC 9110, 11.1 */
export function bearerOf(req: Request): string | undefined {
  return /^bearer +(\S+)$/i.exec(req.get('authorization') ?? '')?.[1]
}

/** The refusal of someone who has not shown who they are. */
export function unauthorized(detail: string): Problem {
  return new Problem(401, 'Unauthorized', detail).with({ 'WWW-Authenticate': 'Bearer realm="Orderline"' })
}

/** Compares in constant time, so that a secret cannot be guessed letter by letter. */
export function isToken(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
