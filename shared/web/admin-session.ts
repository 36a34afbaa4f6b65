import { createHmac, randomBytes } from 'node:crypto'
import { isSame } from '../is-same.ts'
import type { CookieOptions, Request } from './http.ts'

/**
 * A log-in of the admin in a browser, as its cookie tells it; times in ms. It is signed with a key made of the admin
 * token, so that every service can tell a session without asking anyone, and another token ends all of them.
 */
export type Session = { id: string; beganAt: number; seenAt: number }

const LASTS_MS = 12 * 3_600_000
const IDLE_MS = 3_600_000
const RENEW_MS = 5 * 60_000 // not with every request: a cookie in each answer helps nobody

export function beginSession(now: number): Session {
  return { id: randomBytes(16).toString('base64url'), beganAt: now, seenAt: now }
}

/** When the session is over unless something is asked for before. */
export function endOf({ beganAt, seenAt }: Session): number {
  return Math.min(beganAt + LASTS_MS, seenAt + IDLE_MS)
}

/** When the session is over whatever is asked for. */
export const lastMomentOf = ({ beganAt }: Session) => beganAt + LASTS_MS

/** The session as of now; null while the one that the browser has is fresh enough. */
export function renewed(session: Session, now: number): Session | null {
  return now - session.seenAt < RENEW_MS ? null : { ...session, seenAt: now }
}

/** The session in the cookies of a request, unless it is over or was not signed with this token. */
export function sessionIn(req: Request, token: string, now: number): Session | null {
  const name = `${cookieNameOf(token)}=`
  const cookies = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  const value = cookies.find((pair) => pair.startsWith(name))?.slice(name.length) ?? ''
  const [, id = '', beganAt, seenAt] = /^([\w-]{22})\.(\d{13})\.(\d{13})\.[\w-]{43}$/.exec(value) ?? []
  const session = { id, beganAt: Number(beganAt), seenAt: Number(seenAt) }
  return isSame(value, seal(session, token)) && now < endOf(session) ? session : null
}

/**
 * The cookie of a session: scripts cannot read it, other sites cannot use it, and where there is TLS nothing else carries
 * it. Its name comes of the token, for cookies know no ports, and two shops on one host shall not end each other's sessions.
 */
export function cookieOf(session: Session, token: string, isSecure: boolean): [string, string, CookieOptions] {
  return [
    cookieNameOf(token),
    seal(session, token),
    { ...optionsOf(isSecure), expires: new Date(lastMomentOf(session)) },
  ]
}

/** What takes the cookie away again. */
export function noCookie(token: string, isSecure: boolean): [string, CookieOptions] {
  return [cookieNameOf(token), optionsOf(isSecure)]
}

function optionsOf(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' }
}

function seal({ id, beganAt, seenAt }: Session, token: string): string {
  const said = [id, beganAt, seenAt].join('.')
  return `${said}.${derive(token, `session ${said}`)}`
}

const cookieNameOf = (token: string) => `orderline_${derive(token, 'cookie name').slice(0, 8)}`
const derive = (token: string, use: string) => createHmac('sha256', token).update(use).digest('base64url')
