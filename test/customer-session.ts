import { randomBytes } from 'node:crypto'
import { type CustomerSession, createCustomerSessions, TOKEN_MS } from '../shared/web/customer-session.ts'

/** Of all shops and services that the tests start. */
export const SESSION_SECRET = 'b4qZ8sW1nK6tR3vY9dJ5hL2mC7xP0gFe'

/** A session as accounts begins one. */
export function sessionOf(account: string, more: Partial<CustomerSession> = {}): CustomerSession {
  const beganAt = Date.now()
  return { account, session: randomBytes(16).toString('base64url'), beganAt, until: beganAt + TOKEN_MS, ...more }
}

/** What a page of the shop sends along for whoever is signed in. */
export function withSession(session: CustomerSession, secret = SESSION_SECRET): { cookie: string } & OwnPage {
  const [name, value] = createCustomerSessions({ secret }).cookieOf(session, false)
  return { cookie: `${name}=${value}`, ...ownPage }
}

type OwnPage = typeof ownPage
const ownPage = { 'sec-fetch-site': 'same-origin' }
