import { z } from 'zod'
import { emailAddress } from '../../shared/email-address.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { notSignedIn } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { accountAnswer, answerOf } from './account-answer.ts'
import type { AccountLimits } from './account-limits.ts'
import { accountAt } from './accounts.ts'
import type { Cookies } from './cookies.ts'
import type { Client } from './db.ts'
import type { Passwords } from './passwords.ts'
import { beginSession, endOf, newSessionId, tokenOf } from './sessions.ts'
import { givenPassword } from './sign-up-request.ts'

type Deps = {
  publish: Publish<Client>
  read: Client
  passwords: Passwords
  cookies: Cookies
  limits: AccountLimits
  log: Logger
}

const request = z.object({ email: emailAddress, password: givenPassword })

export const signedInAnswer = z.object({ account: accountAnswer })

/**
 * `POST /api/account/session`: signs somebody in. A wrong password and an address without an account are refused alike,
 * after the same time, for a password is compared in either case.
 */
export function signIn({ publish, read, passwords, cookies, limits, log }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/account/session',
    what: 'Sign in',
    body: request,
    answer: { status: 200, what: 'Signed in: two cookies, and the account', schema: signedInAnswer, headers: COOKIES },
    problems: [401, 429],
    serve: async (req, res) => {
      const { email, password } = parseBody(request, req.body)
      await limits.signIn(req, email)
      const account = await accountAt(read, email)
      const isRight = await passwords.isRight(password, account?.passwordHash ?? null)
      if (!isRight || account === undefined) throw wrong()
      const { value, digest: renewal } = cookies.newRenewal()
      const session = { id: newSessionId(), account: account.id, renewal, beganAt: Date.now() }
      const isBegun = await publish(async (tx, emit) => {
        const told = await beginSession(tx, session, account.passwordHash)
        told?.forEach(emit)
        return told !== null
      })
      if (!isBegun) throw wrong()
      const token = tokenOf(session, session.beganAt)
      cookies.setToken(req, res, token)
      cookies.setRenewal(req, res, value, endOf(session))
      log.info({ subject: account.id }, 'customer.signed_in')
      res.json({ account: answerOf(account, token) })
    },
  }
}

/** Of what signing in answers with. */
export const COOKIES = { 'Set-Cookie': 'What the browser sends along from now on; scripts cannot read it' }

const wrong = () => notSignedIn('There is no account with this e-mail and password.')
