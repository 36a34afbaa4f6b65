import { z } from 'zod'
import { mailboxOf } from '../../shared/email-address.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Seal } from '../../shared/sealed.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody, type Request } from '../../shared/web/http.ts'
import { type Key, keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import { languageOf } from '../../shared/web/language.ts'
import type { AccountLimits } from './account-limits.ts'
import type { Client } from './db.ts'
import type { Passwords } from './passwords.ts'
import { createRegister } from './register.ts'
import type { Secrets } from './secrets.ts'
import { type SignUpRequest, signUpHeaders, signUpRequest } from './sign-up-request.ts'

type Deps = {
  publish: Publish<Client>
  passwords: Passwords
  secrets: Secrets
  seal: Seal
  limits: AccountLimits
  log: Logger
}

const registered = z.object({
  registration: z.string().describe('Its id, which nobody else is told'),
  watch: z.string().describe('Where to see when it is saved, and its mail and SMS are sent'),
})

/**
 * `POST /api/accounts`. Answered when the registration is on disk, in one transaction with all that arrived meanwhile;
 * mail and SMS follow. Whoever gives an address that has an account is answered the same, after the same work: only the
 * mail tells, and it goes to the owner.
 */
export function signUp({ publish, passwords, secrets, seal, limits, log }: Deps): Endpoint {
  const register = groupCommit(publish, createRegister(secrets, seal))
  const enter = oneAtATime(async (wanted: { request: SignUpRequest; key: Key | null; req: Request }) => {
    const { request, key, req } = wanted
    const { name, email, password, phone = null, language = languageOf(req) } = request
    const passwordHash = await passwords.digest(password) // also where it will not be kept
    const person = { name, email, language }
    return register({ id: newId(), person, mailbox: mailboxOf(email), phone, passwordHash, key })
  })
  return {
    method: 'post',
    path: '/api/accounts',
    what: 'Sign up',
    headers: signUpHeaders,
    body: signUpRequest,
    answer: { status: 202, what: 'The registration is on disk; a mail tells how to go on.', schema: registered },
    problems: [409, 429],
    serve: async (req, res) => {
      const since = performance.now()
      const request = parseBody(signUpRequest, req.body)
      const key = readKey(req.get('idempotency-key'), fingerprinted(request, secrets))
      await limits.signUp(req, request.email, request.phone)
      const { kind, id } = await enter({ request, key, req })
      if (kind === 'key taken') throw keyTaken()
      log.info({ subject: id, ms: Math.round(performance.now() - since) }, 'customer.signed_up')
      res.status(202).json({ registration: id, watch: `/api/accounts/registrations/${id}` })
    },
  }
}

/** A fingerprint is kept, and quickly made: of the password it may tell nothing, even to who has the file. */
function fingerprinted(request: SignUpRequest, secrets: Secrets): object {
  return { ...request, password: secrets.digestOf('fingerprint', request.password) }
}
