import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Seal } from '../../shared/sealed.ts'
import { names } from '../../shared/store/sql.ts'
import type { CustomerSession } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../shared/web/http.ts'
import type { AccountLimits } from './account-limits.ts'
import { type Account, accountColumns, preferredOf } from './accounts.ts'
import type { Cookies } from './cookies.ts'
import { accountIn, signedInAs } from './customer-door.ts'
import type { Client } from './db.ts'
import { newCode } from './new-proofs.ts'
import { dropProofs, insertProofs } from './proofs.ts'
import type { Secrets } from './secrets.ts'
import { phone } from './sign-up-request.ts'

type Deps = {
  publish: Publish<Client>
  secrets: Secrets
  seal: Seal
  cookies: Cookies
  limits: AccountLimits
}

const request = z.object({ phone })

/**
 * `POST /api/account/phone`: another number, or the same once more. It is the account's at once, and counts for nothing
 * until its code is given; a code that was sent before proves nothing any more.
 */
export function addPhone({ publish, secrets, seal, cookies, limits }: Deps): Endpoint {
  const send = async (tx: Client, session: CustomerSession, wanted: string, emit: Emit) => {
    const before = await accountIn(tx, session)
    const isVerified = before.phone === wanted && before.phoneVerifiedAt !== null
    if (isVerified) return false
    const account = before.phone === wanted ? before : await setPhone(tx, before, wanted, emit)
    const { proof, told } = newCode(account.id, wanted, Date.now(), secrets)
    await dropProofs(tx, 'phone', account.id)
    await insertProofs(tx, [proof])
    const { id: subject, name, email, language } = account
    const code = { kind: 'code', code: seal.close(told) } as const
    emit({ name: 'customer.phoneAdded', subject, data: { name, email, language, phone: wanted, ...code } })
    return true
  }
  return {
    method: 'post',
    path: '/api/account/phone',
    what: 'Set the phone number; a code is sent there',
    isOfCustomer: true,
    body: request,
    answer: { status: 202, what: 'The SMS with the code follows.' },
    problems: [409, 429],
    serve: async (req, res) => {
      const session = signedInAs(cookies, req)
      const { phone: wanted } = parseBody(request, req.body)
      await limits.askCode(req, session.account, wanted)
      const isSent = await publish((tx, emit) => send(tx, session, wanted, emit))
      if (!isSent) throw new Problem(409, 'Conflict', 'This number is verified already.')
      res.status(202).end()
    },
  }
}

/** Whoever had the old number shall have no more SMS. */
async function setPhone(tx: Client, { id, phoneVerifiedAt }: Account, phone: string, emit: Emit): Promise<Account> {
  const isNews = phoneVerifiedAt === null ? 0 : 1
  const [account] = await tx.$queryRaw<[Account]>`
    UPDATE "Account" SET phone = ${phone}, "phoneVerifiedAt" = NULL, "isStopped" = 0, "stopToldAt" = NULL,
      revision = revision + ${isNews}
    WHERE id = ${id} RETURNING ${names(accountColumns)}`
  if (isNews === 1) emit(preferredOf(account))
  return account
}
