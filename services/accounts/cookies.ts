import { createHmac } from 'node:crypto'
import {
  type CustomerSession,
  type CustomerSessions,
  createCustomerSessions,
} from '../../shared/web/customer-session.ts'
import type { CookieOptions, Request, Response } from '../../shared/web/http.ts'

const RENEWED_AT = '/api/account/session' // and nowhere else does a browser send what renews a session

/** What a browser keeps of a session: the token that all services read, and what renews it, which only we do. */
export type Cookies = Pick<CustomerSessions, 'of'> & {
  /** What renews the session of a request; empty where there is nothing. */
  renewalOf(req: Request): string
  setToken(req: Request, res: Response, token: CustomerSession): void
  setRenewal(req: Request, res: Response, renewal: string, until: number): void
  /** Takes both away. */
  clear(req: Request, res: Response): void
}

export function createCookies(secret: string): Cookies {
  const sessions = createCustomerSessions({ secret, now: () => Date.now() })
  const name = `orderline_${createHmac('sha256', secret).update('renewal name').digest('base64url').slice(0, 8)}`
  return {
    of: sessions.of,
    renewalOf: (req) => new RegExp(`(?:^|; *)${name}=([\\w-]{43})(?:;|$)`).exec(req.get('cookie') ?? '')?.[1] ?? '',
    setToken: (req, res, token) => void res.cookie(...sessions.cookieOf(token, req.secure)),
    setRenewal: (req, res, renewal, until) =>
      void res.cookie(name, renewal, { ...optionsOf(req.secure), expires: new Date(until) }),
    clear: (req, res) => {
      res.clearCookie(...sessions.noCookie(req.secure))
      res.clearCookie(name, optionsOf(req.secure))
    },
  }
}

function optionsOf(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: RENEWED_AT }
}
