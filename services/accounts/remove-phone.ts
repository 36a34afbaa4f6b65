import type { Emit } from '../../shared/handler.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { names } from '../../shared/store/sql.ts'
import type { CustomerSession } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { type Account, accountColumns, preferredOf } from './accounts.ts'
import type { Cookies } from './cookies.ts'
import { accountIn, signedInAs } from './customer-door.ts'
import type { Client } from './db.ts'
import { dropProofs } from './proofs.ts'

type Deps = { publish: Publish<Client>; cookies: Cookies }

/** `DELETE /api/account/phone`: no number, and no SMS. */
export function removePhone({ publish, cookies }: Deps): Endpoint {
  return {
    method: 'delete',
    path: '/api/account/phone',
    what: 'Forget the phone number',
    isOfCustomer: true,
    answer: { status: 204, what: 'There is none any more.' },
    problems: [],
    serve: async (req, res) => {
      const session = signedInAs(cookies, req)
      await publish((tx, emit) => forget(tx, session, emit))
      res.status(204).end()
    },
  }
}

async function forget(tx: Client, session: CustomerSession, emit: Emit): Promise<void> {
  const { id } = await accountIn(tx, session)
  await dropProofs(tx, 'phone', id)
  const [account] = await tx.$queryRaw<Account[]>`
    UPDATE "Account" SET phone = NULL, "phoneVerifiedAt" = NULL, "isStopped" = 0, "stopToldAt" = NULL,
      revision = revision + 1
    WHERE id = ${id} AND phone IS NOT NULL RETURNING ${names(accountColumns)}`
  if (account !== undefined) emit(preferredOf(account))
}
