import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import { isSame } from '../../shared/is-same.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { names } from '../../shared/store/sql.ts'
import type { CustomerSession } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../shared/web/http.ts'
import { invalid } from '../../shared/web/problem.ts'
import { accountAnswer, answerOf } from './account-answer.ts'
import type { AccountLimits } from './account-limits.ts'
import { type Account, accountColumns, preferredOf } from './accounts.ts'
import type { Cookies } from './cookies.ts'
import { accountIn, signedInAs } from './customer-door.ts'
import type { Client } from './db.ts'
import { codeDigest } from './new-proofs.ts'
import { countTry, dropProofs, openProof } from './proofs.ts'
import type { Secrets } from './secrets.ts'

const TRIES_MAX = 5 // of a million codes

type Deps = { publish: Publish<Client>; secrets: Secrets; cookies: Cookies; limits: AccountLimits; log: Logger }
type Verdict = { kind: 'verified'; account: Account } | { kind: 'wrong' } | { kind: 'none' }

const request = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'must be the six digits of the SMS'),
})

/**
 * `POST /api/account/phone/verify`: the code of the SMS. Each try is on disk before anyone is told whether it was right, so
 * there are five of them, whatever is restarted.
 */
export function verifyPhone({ publish, secrets, cookies, limits, log }: Deps): Endpoint {
  const decide = async (tx: Client, session: CustomerSession, code: string, emit: Emit): Promise<Verdict> => {
    const now = Date.now()
    const { id, phone } = await accountIn(tx, session)
    const proof = await openProof(tx, 'phone', id, now)
    if (proof === undefined || proof.attempts >= TRIES_MAX || proof.target !== phone) return { kind: 'none' }
    await countTry(tx, proof.digest)
    if (!isSame(codeDigest(id, phone, code, secrets), proof.digest)) return { kind: 'wrong' }
    await dropProofs(tx, 'phone', id)
    return { kind: 'verified', account: await setVerified(tx, id, now, emit) }
  }
  return {
    method: 'post',
    path: '/api/account/phone/verify',
    what: 'Verify the phone number by the code that was sent there',
    isOfCustomer: true,
    body: request,
    answer: { status: 200, what: 'The account', schema: accountAnswer },
    problems: [410, 429],
    serve: async (req, res) => {
      const session = signedInAs(cookies, req)
      const { code } = parseBody(request, req.body)
      await limits.tryCode(session.account)
      const verdict = await publish((tx, emit) => decide(tx, session, code, emit))
      if (verdict.kind === 'none') throw new Problem(410, 'Gone', 'There is no code to be tried: ask for another one.')
      if (verdict.kind === 'wrong') throw invalid([{ field: 'code', message: 'is not the one that was sent' }])
      log.info({ subject: verdict.account.id }, 'phone.verified')
      res.json(answerOf(verdict.account, session))
    },
  }
}

async function setVerified(tx: Client, id: string, now: number, emit: Emit): Promise<Account> {
  const [account] = await tx.$queryRaw<[Account]>`
    UPDATE "Account" SET "phoneVerifiedAt" = ${now}, revision = revision + 1
    WHERE id = ${id} RETURNING ${names(accountColumns)}`
  emit(preferredOf(account))
  return account
}
