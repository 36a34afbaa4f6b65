import { names } from '../../shared/store/sql.ts'
import { type CustomerSession, notSignedIn } from '../../shared/web/customer-session.ts'
import type { Request, RequestHandler } from '../../shared/web/http.ts'
import { type Account, accountColumns } from './accounts.ts'
import type { Cookies } from './cookies.ts'
import type { Client } from './db.ts'

/** Lets those pass who are signed in, as far as their cookie tells: whether the session goes on, its account says. */
export function createCustomerDoor(cookies: Cookies): RequestHandler {
  return (req, _res, next) => {
    signedInAs(cookies, req)
    next()
  }
}

/** The session of a request. Throws a 401 where there is none. */
export function signedInAs(cookies: Cookies, req: Request): CustomerSession {
  const session = cookies.of(req)
  if (session === null) throw notSignedIn()
  return session
}

/** The account of a session that goes on. Throws a 401 where it was ended: here, unlike elsewhere, that is known. */
export async function accountIn(read: Client, { account, session }: CustomerSession): Promise<Account> {
  const [found] = await read.$queryRaw<Account[]>`
    SELECT ${names(accountColumns)} FROM "Account"
    WHERE id = ${account}
      AND EXISTS (SELECT 1 FROM "Session" WHERE "Session".id = ${session} AND "Session".account = "Account".id)`
  if (found === undefined) throw notSignedIn()
  return found
}
