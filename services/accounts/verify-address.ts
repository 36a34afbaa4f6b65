import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { notSignedIn } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody, type Request } from '../../shared/web/http.ts'
import type { AccountLimits } from './account-limits.ts'
import { accountCalled } from './accounts.ts'
import type { Cookies } from './cookies.ts'
import type { Client } from './db.ts'
import { wrongPassword } from './delete-account.ts'
import type { Passwords } from './passwords.ts'
import { linkOf, type ProofKind, type Use, useLink } from './proofs.ts'
import type { Secrets } from './secrets.ts'
import { givenPassword } from './sign-up-request.ts'

type Deps = {
  publish: Publish<Client>
  read: Client
  secrets: Secrets
  passwords: Passwords
  cookies: Pick<Cookies, 'of'>
  limits: Pick<AccountLimits, 'signIn'>
  log: Logger
}

/** What stands behind the # of a link in a mail. */
export const linkToken = z.string().trim().min(1, 'must not be empty').max(200)

const request = z.object({
  token: linkToken,
  password: givenPassword.optional().describe('Of the account, unless the session is one of it'),
})

/**
 * `POST /api/accounts/verify`: somebody has followed the link that was mailed to an address, and is who signed up with it:
 * else who signs up with the address of another, who follows the link, would be given what the other has ordered.
 */
export function verifyAddress({ publish, read, secrets, passwords, cookies, limits, log }: Deps): Endpoint {
  const requireOwner = async (req: Request, account: string, password: string | undefined) => {
    if (cookies.of(req)?.account === account) return
    if (password === undefined) throw notSignedIn('Sign in to the account first, or give its password.')
    const { email = '', passwordHash = null } = (await accountCalled(read, account)) ?? {}
    await limits.signIn(req, email)
    if (!(await passwords.isRight(password, passwordHash))) throw wrongPassword()
  }
  const verify = async (tx: Client, digest: string, emit: Emit) => {
    const now = Date.now()
    const use = await useLink(tx, 'verify', digest, now)
    if (use.kind === 'proven') await setVerified(tx, use, now, emit)
    return use
  }
  return {
    method: 'post',
    path: '/api/accounts/verify',
    what: 'Verify the address by the link that was mailed there',
    body: request,
    answer: { status: 200, what: 'The address', schema: z.object({ email: z.string() }) },
    problems: [401, 403, 404, 409, 429],
    serve: async (req, res) => {
      const { token, password } = parseBody(request, req.body)
      const digest = secrets.digestOf('verify', token)
      await requireOwner(req, await requireGood(read, 'verify', digest), password)
      const use = await publish((tx, emit) => verify(tx, digest, emit))
      if (use.kind !== 'proven') throw linkRefused(use)
      log.info({ subject: use.account }, 'address.verified')
      res.json({ email: use.target })
    },
  }
}

/** Notes that an address is its account's. It is told once: guest orders are claimed by it. */
export async function setVerified(
  tx: Client,
  { account, target: email }: { account: string; target: string },
  now: number,
  emit: Emit,
): Promise<void> {
  const isNews = await tx.$executeRaw`
    UPDATE "Account" SET "verifiedAt" = ${now} WHERE id = ${account} AND email = ${email} AND "verifiedAt" IS NULL`
  await tx.$executeRaw`UPDATE "Account" SET "bouncedAt" = NULL WHERE id = ${account}` // for this one has arrived
  if (isNews > 0) emit({ name: 'customer.verified', subject: account, data: { email } })
}

/** The account of a link. One that is of no use is refused before anything is done, or written, for it. */
export async function requireGood(read: Client, kind: ProofKind, digest: string): Promise<string> {
  const link = await linkOf(read, kind, digest, Date.now())
  if (link.kind !== 'good') throw linkRefused(link)
  return link.account
}

/** The refusal of a link. One that is too old is told like one that never was. */
export function linkRefused({ kind }: Pick<Use, 'kind'>): Problem {
  if (kind === 'used') return new Problem(409, 'Conflict', 'This link has been used already.')
  return new Problem(404, 'Not found', 'This link is too old, or none of ours. Have another one sent.')
}
