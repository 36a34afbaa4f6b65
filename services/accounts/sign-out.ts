import type { Publish } from '../../shared/protocol/outbox.ts'
import { refuseForged } from '../../shared/web/admin-guard.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Request } from '../../shared/web/http.ts'
import type { Cookies } from './cookies.ts'
import { accountIn, signedInAs } from './customer-door.ts'
import type { Client } from './db.ts'
import { endAllSessions, endSession, sessionToRenew } from './sessions.ts'

type Deps = { publish: Publish<Client>; read: Client; cookies: Cookies }

/**
 * `DELETE /api/account/session`: ends the session of this browser, also where its token is over already. Others are told,
 * for they would take the token for good until its hour is over.
 */
export function signOut({ publish, read, cookies }: Deps): Endpoint {
  const idOf = async (req: Request) => {
    const token = cookies.of(req)
    if (token !== null) return token.session
    return (await sessionToRenew(read, cookies.renewalOf(req), Date.now()))?.id
  }
  return {
    method: 'delete',
    path: '/api/account/session',
    what: 'Sign out here',
    answer: { status: 204, what: 'Signed out, as before' },
    problems: [403],
    serve: async (req, res) => {
      refuseForged(req)
      const id = await idOf(req)
      if (id !== undefined) await publish(async (tx, emit) => (await endSession(tx, id, Date.now())).forEach(emit))
      cookies.clear(req, res)
      res.status(204).end()
    },
  }
}

/** `DELETE /api/account/sessions`: ends all of them, wherever they are. */
export function signOutEverywhere({ publish, cookies }: Pick<Deps, 'publish' | 'cookies'>): Endpoint {
  return {
    method: 'delete',
    path: '/api/account/sessions',
    what: 'Sign out everywhere',
    isOfCustomer: true,
    answer: { status: 204, what: 'Nobody is signed in to this account any more' },
    problems: [],
    serve: async (req, res) => {
      const session = signedInAs(cookies, req)
      await publish(async (tx, emit) => {
        const { id } = await accountIn(tx, session)
        emit(await endAllSessions(tx, id, Date.now()))
      })
      cookies.clear(req, res)
      res.status(204).end()
    },
  }
}
