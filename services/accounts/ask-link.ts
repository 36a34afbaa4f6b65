import { z } from 'zod'
import { emailAddress } from '../../shared/email-address.ts'
import type { Emit } from '../../shared/handler.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Seal } from '../../shared/sealed.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { AccountLimits } from './account-limits.ts'
import { type Account, accountAt } from './accounts.ts'
import type { Client } from './db.ts'
import { newLink } from './new-proofs.ts'
import { insertProofs } from './proofs.ts'
import type { Secrets } from './secrets.ts'

type Deps = { publish: Publish<Client>; secrets: Secrets; seal: Seal; limits: AccountLimits }
type Kind = 'verify' | 'reset'

const request = z.object({ email: emailAddress })

/** `POST /api/accounts/resend`: one more mail to verify the address. */
export function resendLink(deps: Deps): Endpoint {
  return askLink('verify', '/api/accounts/resend', 'Have the link that verifies the address sent once more', deps)
}

/** `POST /api/accounts/reset`: a mail by which a new password can be set. */
export function askReset(deps: Deps): Endpoint {
  return askLink('reset', '/api/accounts/reset', 'Have a link sent by which a new password can be set', deps)
}

/** Answered the same whatever there is at the address, and after as much is written. */
function askLink(kind: Kind, path: string, what: string, { publish, secrets, seal, limits }: Deps): Endpoint {
  const ask = async (tx: Client, email: string, emit: Emit) => {
    const account = await accountAt(tx, email)
    const isWanted = account !== undefined && (kind === 'reset' || account.verifiedAt === null)
    const to = isWanted ? account : NOBODY
    const { proof, told } = newLink(kind, to, Date.now(), secrets)
    await insertProofs(tx, [proof])
    if (isWanted) emit(asked(account, kind, seal.close(told)))
  }
  return {
    method: 'post',
    path,
    what,
    body: request,
    answer: { status: 202, what: 'If there is something to be sent there, it is.' },
    problems: [429],
    serve: async (req, res) => {
      const { email } = parseBody(request, req.body)
      await limits.askLink(req, email)
      await publish((tx, emit) => ask(tx, email, emit))
      res.status(202).end()
    },
  }
}

/** Its proof proves nothing, and is told nobody: it is there so that the answer takes as long. */
const NOBODY = { id: '', email: '' }

function asked({ id: subject, name, email, language }: Account, kind: Kind, link: string) {
  return { name: 'customer.linkAsked', subject, data: { name, email, language, kind, link } } as const
}
