import { refuseForged } from '../../shared/web/admin-guard.ts'
import { notSignedIn } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { answerOf } from './account-answer.ts'
import type { Cookies } from './cookies.ts'
import { accountIn } from './customer-door.ts'
import type { Client } from './db.ts'
import { sessionToRenew, tokenOf } from './sessions.ts'
import { COOKIES, signedInAnswer } from './sign-in.ts'

type Deps = { read: Client; cookies: Cookies }

/** `POST /api/account/session/renew`: a fresh token for a session that goes on. Nothing is written for it. */
export function renewSession({ read, cookies }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/account/session/renew',
    what: 'Renew a session whose token is over, or will soon be',
    answer: { status: 200, what: 'A fresh cookie, and the account', schema: signedInAnswer, headers: COOKIES },
    problems: [401, 403],
    serve: async (req, res) => {
      refuseForged(req)
      const now = Date.now()
      const session = await sessionToRenew(read, cookies.renewalOf(req), now)
      if (session === undefined) throw notSignedIn()
      const token = tokenOf(session, now)
      const account = await accountIn(read, token)
      cookies.setToken(req, res, token)
      res.json({ account: answerOf(account, token) })
    },
  }
}
