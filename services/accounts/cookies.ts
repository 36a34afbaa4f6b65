import { createHmac, randomBytes } from 'node:crypto'
import {
  type CustomerSession,
  type CustomerSessions,
  createCustomerSessions,
} from '../../shared/web/customer-session.ts'
import type { CookieOptions, Request, Response } from '../../shared/web/http.ts'

const RENEWED_AT = '/api/account/session' // and nowhere else does a browser send what renews a session
const RENEWAL_BYTES = 32

/** What a browser keeps of a session: the token that all services read, and what renews it, which only we do. */
export type Cookies = Pick<CustomerSessions, 'of'> & {
  /** What renews a session: `value` is for its browser, `digest` is what is kept here. */
  newRenewal(): { value: string; digest: string }
  /** The digest of what renews the session of a request; null where there is nothing. */
  renewalOf(req: Request): string | null
  setToken(req: Request, res: Response, token: CustomerSession): void
  setRenewal(req: Request, res: Response, value: string, until: number): void
  /** Takes both away. */
  clear(req: Request, res: Response): void
}

export function createCookies(secret: string): Cookies {
  const sessions = createCustomerSessions({ secret, now: () => Date.now() })
  const derive = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
  const name = `orderline_${derive('renewal name').slice(0, 8)}`
  const pattern = new RegExp(`(?:^|; *)${name}=([\\w-]{43})(?:;|$)`)
  const digestOf = (value: string) => derive(`renewal ${value}`)
  return {
    of: sessions.of,
    newRenewal: () => {
      const value = randomBytes(RENEWAL_BYTES).toString('base64url')
      return { value, digest: digestOf(value) }
    },
    renewalOf: (req) => {
      const value = pattern.exec(req.get('cookie') ?? '')?.[1]
      return value === undefined ? null : digestOf(value)
    },
    setToken: (req, res, token) => void res.cookie(...sessions.cookieOf(token, req.secure)),
    setRenewal: (req, res, value, until) =>
      void res.cookie(name, value, { ...optionsOf(req.secure), expires: new Date(until) }),
    clear: (req, res) => {
      res.clearCookie(...sessions.noCookie(req.secure))
      res.clearCookie(name, optionsOf(req.secure))
    },
  }
}

function optionsOf(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: RENEWED_AT }
}
