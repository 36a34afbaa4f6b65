import type { Endpoint } from '../../shared/web/endpoint.ts'
import { accountAnswer, answerOf } from './account-answer.ts'
import type { Cookies } from './cookies.ts'
import { accountIn, signedInAs } from './customer-door.ts'
import type { Client } from './db.ts'

type Deps = { read: Client; cookies: Cookies }

/** `GET /api/account`: who is signed in. */
export function showAccount({ read, cookies }: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/account',
    what: 'Show the account that is signed in',
    isOfCustomer: true,
    answer: { status: 200, what: 'The account', schema: accountAnswer },
    problems: [],
    serve: async (req, res) => {
      const session = signedInAs(cookies, req)
      res.json(answerOf(await accountIn(read, session), session))
    },
  }
}
