import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { CustomerSession } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { invalid } from '../../shared/web/problem.ts'
import type { AccountLimits } from './account-limits.ts'
import type { Cookies } from './cookies.ts'
import { accountIn, signedInAs } from './customer-door.ts'
import type { Client } from './db.ts'
import type { Passwords } from './passwords.ts'
import { endAllSessions } from './sessions.ts'
import { givenPassword } from './sign-up-request.ts'

type Deps = {
  publish: Publish<Client>
  read: Client
  passwords: Passwords
  cookies: Cookies
  limits: AccountLimits
  log: Logger
}

const request = z.object({ password: givenPassword })

/**
 * `POST /api/account/delete`: erases who somebody is. The id stays, which says nothing, for orders are kept as the law wants
 * it, and refer to it. The address is free for another account.
 */
export function deleteAccount({ publish, read, passwords, cookies, limits, log }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/account/delete',
    what: 'Delete the account; its orders are kept as books have to be',
    isOfCustomer: true,
    body: request,
    answer: { status: 204, what: 'It is deleted.' },
    problems: [429],
    serve: async (req, res) => {
      const session = signedInAs(cookies, req)
      const { password } = parseBody(request, req.body)
      const account = await accountIn(read, session)
      await limits.signIn(req, account.email)
      if (!(await passwords.isRight(password, account.passwordHash))) throw wrongPassword()
      await publish((tx, emit) => erase(tx, session, emit))
      cookies.clear(req, res)
      log.info({ subject: account.id }, 'customer.deleted')
      res.status(204).end()
    },
  }
}

async function erase(tx: Client, session: CustomerSession, emit: Emit): Promise<void> {
  const now = Date.now()
  const { id, email, verifiedAt } = await accountIn(tx, session)
  await tx.$executeRaw`
    UPDATE "Account" SET email = '', mailbox = NULL, name = '', language = '', "passwordHash" = '', phone = NULL,
      "verifiedAt" = NULL, "phoneVerifiedAt" = NULL, "ordersByMail" = 0, "ordersBySms" = 0, "bouncedAt" = NULL,
      "isStopped" = 0, "stopToldAt" = NULL, "deletedAt" = ${now}
    WHERE id = ${id}`
  await tx.$executeRaw`DELETE FROM "Proof" WHERE account = ${id}`
  await tx.$executeRaw`DELETE FROM "Registration" WHERE id = ${id}`
  emit(await endAllSessions(tx, id, now))
  // Guests' orders of an address are theirs who have proved it: of anyone else's nothing may be forgotten.
  emit({ name: 'customer.deleted', subject: id, data: { email: verifiedAt === null ? '' : email } })
}

/** The refusal of a password where it is clear whose it should be. */
export const wrongPassword = () => invalid([{ field: 'password', message: 'is not the one of this account' }])
