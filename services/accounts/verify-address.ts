import { z } from 'zod'
import type { Emit } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { type ProofKind, standingOf, type Use, useLink } from './proofs.ts'
import type { Secrets } from './secrets.ts'

type Deps = { publish: Publish<Client>; read: Client; secrets: Secrets; log: Logger }

/** What stands behind the # of a link in a mail. */
export const linkToken = z.string().trim().min(1, 'must not be empty').max(200)

const request = z.object({ token: linkToken })

/** `POST /api/accounts/verify`: somebody has followed the link that was mailed to an address. */
export function verifyAddress({ publish, read, secrets, log }: Deps): Endpoint {
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
    problems: [404, 409],
    serve: async (req, res) => {
      const { token } = parseBody(request, req.body)
      const digest = secrets.digestOf('verify', token)
      await refuseIdle(read, 'verify', digest)
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

/** Refuses a link that is of no use before anything is done, or written, for it. */
export async function refuseIdle(read: Client, kind: ProofKind, digest: string): Promise<void> {
  const standing = await standingOf(read, kind, digest, Date.now())
  if (standing !== 'good') throw linkRefused({ kind: standing })
}

/** The refusal of a link. One that is too old is told like one that never was. */
export function linkRefused({ kind }: Pick<Use, 'kind'>): Problem {
  if (kind === 'used') return new Problem(409, 'Conflict', 'This link has been used already.')
  return new Problem(404, 'Not found', 'This link is too old, or none of ours. Have another one sent.')
}
