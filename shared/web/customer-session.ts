import { createHmac } from 'node:crypto'
import { isSame } from '../is-same.ts'
import { refuseForged } from './admin-guard.ts'
import type { CookieOptions, Request } from './http.ts'
import { Problem } from './problem.ts'

/** How long a token holds without accounts: so long customers stay signed in while that service is away. */
export const TOKEN_MS = 3_600_000

/** A customer who is signed in, as the cookie tells it; times in ms. It holds until `until` unless it was ended before. */
export type CustomerSession = { account: string; session: string; beganAt: number; until: number }

/** The sessions of customers: signed, so that any service can tell one by itself, without asking anyone. */
export type CustomerSessions = {
  /**
   * The session in the cookies of a request; null when there is none that holds. Throws a 403 when another site's page
   * makes the request: a browser sends the cookie along whoever asks.
   */
  of(req: Request): CustomerSession | null
  /** The cookie of a session. */
  cookieOf(session: CustomerSession, isSecure: boolean): [string, string, CookieOptions]
  /** What takes the cookie away again. */
  noCookie(isSecure: boolean): [string, CookieOptions]
}

type Deps = { secret: string; isEnded?: (session: CustomerSession) => boolean; now?: () => number }

/** Whoever has the secret can sign sessions, so only accounts does; and those check them who have to know whose an order is. */
export function createCustomerSessions({ secret, isEnded = () => false, now = Date.now }: Deps): CustomerSessions {
  const derive = (use: string) => createHmac('sha256', secret).update(use).digest('base64url')
  const name = `orderline_${derive('cookie name').slice(0, 8)}` // cookies know no ports: two shops on one host have two
  const seal = ({ account, session, beganAt, until }: CustomerSession) => {
    const said = [account, session, beganAt, until].join('.')
    return `${said}.${derive(`customer ${said}`)}`
  }
  return {
    of: (req) => {
      const value = cookieNamed(name, req)
      const parts = SHAPE.exec(value)
      if (parts === null) return null // a guest's order shall not cost an HMAC
      const [, account = '', session = '', beganAt, until] = parts
      const found = { account, session, beganAt: Number(beganAt), until: Number(until) }
      if (!isSame(value, seal(found)) || now() >= found.until || isEnded(found)) return null
      refuseForged(req)
      return found
    },
    cookieOf: (session, isSecure) => [
      ...([name, seal(session)] as const),
      { ...optionsOf(isSecure), expires: new Date(session.until) },
    ],
    noCookie: (isSecure) => [name, optionsOf(isSecure)],
  }
}

/** The refusal of somebody who is not signed in. */
export function notSignedIn(detail = 'Sign in first.'): Problem {
  return new Problem(401, 'Unauthorized', detail).with({ 'WWW-Authenticate': 'Cookie realm="Orderline"' })
}

const SHAPE = /^([\w-]{36})\.([\w-]{22})\.(\d{13})\.(\d{13})\.[\w-]{43}$/

function cookieNamed(name: string, req: Request): string {
  const cookies = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  return cookies.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

function optionsOf(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/' }
}
