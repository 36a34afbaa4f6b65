import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { AccountLimits } from './account-limits.ts'
import type { Client } from './db.ts'
import type { Passwords } from './passwords.ts'
import { dropProofs, useLink } from './proofs.ts'
import type { Secrets } from './secrets.ts'
import { endAllSessions } from './sessions.ts'
import { password } from './sign-up-request.ts'
import { linkRefused, linkToken, requireGood, setVerified } from './verify-address.ts'

type Deps = {
  publish: Publish<Client>
  read: Client
  passwords: Passwords
  secrets: Secrets
  limits: AccountLimits
  log: Logger
}

const request = z.object({ token: linkToken, password })

/**
 * `POST /api/accounts/reset/confirm`: a new password by a link that was mailed. It ends all sessions, for whoever knew the
 * old one may have one, and makes the other links of its kind useless; and it has verified the address as well.
 */
export function resetPassword({ publish, read, passwords, secrets, limits, log }: Deps): Endpoint {
  const reset = async (tx: Client, digest: string, passwordHash: string, emit: Emit) => {
    const now = Date.now()
    const use = await useLink(tx, 'reset', digest, now)
    if (use.kind !== 'proven') return use
    await tx.$executeRaw`UPDATE "Account" SET "passwordHash" = ${passwordHash} WHERE id = ${use.account}`
    await dropProofs(tx, 'reset', use.account, digest)
    await setVerified(tx, use, now, emit)
    emit(await endAllSessions(tx, use.account, now))
    return use
  }
  return {
    method: 'post',
    path: '/api/accounts/reset/confirm',
    what: 'Set a new password by the link that was mailed',
    body: request,
    answer: { status: 204, what: 'It is set, and all sessions are over.' },
    problems: [404, 409, 429],
    serve: async (req, res) => {
      const { token, password } = parseBody(request, req.body)
      await limits.confirm(req)
      const digest = secrets.digestOf('reset', token)
      await requireGood(read, 'reset', digest)
      const passwordHash = await passwords.digest(password)
      const use = await publish((tx, emit) => reset(tx, digest, passwordHash, emit))
      if (use.kind !== 'proven') throw linkRefused(use)
      log.info({ subject: use.account }, 'password.reset')
      res.status(204).end()
    },
  }
}
