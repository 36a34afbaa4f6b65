import type { Message } from '../../shared/events.ts'
import type { Handlers, Prepared } from '../../shared/handler.ts'
import type { Logger } from '../../shared/logger.ts'
import type { HeardBy } from '../../shared/routes.ts'
import { TOKEN_MS } from '../../shared/web/customer-session.ts'
import type { Customers } from './customers.ts'
import type { Client } from './db.ts'
import { type Ended, writeEnded } from './ended-sessions.ts'
import { type Claim, claimOrders, deletedAmong, eraseCustomers, noteDeleted } from './owners.ts'

type OfCustomers = Extract<HeardBy<'order'>, `customer.${string}`>

/**
 * On what accounts tells about its customers: an address that is theirs, a session that is over, an account that is no more.
 * These may overtake each other: what an account claims after it was deleted is erased like all else.
 */
export function hearCustomers(log: Logger, customers: Customers): Pick<Handlers<'order', Client>, OfCustomers> {
  const end = async (tx: Client, ended: Ended[]) => {
    await writeEnded(tx, ended)
    customers.end(ended) // what was heard is true, whether this commits or is heard again
  }
  return {
    'customer.verified': {
      says: 'verification.noted',
      async apply(tx, batch) {
        const counts = await claimOrders(tx, claimsIn(batch))
        for (const [subject, orders] of counts) log.info({ subject, orders }, 'orders.claimed')
        await eraseCustomers(tx, await deletedAmong(tx, [...counts.keys()]))
      },
    },
    'customer.signedOut': {
      says: 'signOut.noted',
      async apply(tx, batch) {
        await end(
          tx,
          batch.map(({ message: { subject: account, data } }) => ({ account, ...data })),
        )
      },
    },
    'customer.deleted': {
      says: 'deletion.noted',
      async apply(tx, batch) {
        const accounts = batch.map(({ message }) => message.subject)
        await noteDeleted(tx, accounts, Date.now())
        await claimOrders(tx, claimsIn(batch)) // what was ordered as a guest since the address was proved
        await eraseCustomers(tx, accounts)
        await end(
          tx,
          batch.map(({ message }) => wholeOf(message)),
        )
      },
    },
  }
}

/** The addresses that are an account's; one that was never proved is not told. */
function claimsIn(batch: Prepared<'customer.verified' | 'customer.deleted', unknown>[]): Claim[] {
  return batch.flatMap(({ message: { subject: account, data } }) => (data.email === '' ? [] : [{ account, ...data }]))
}

/** All sessions of an account that is no more. */
function wholeOf({ subject: account, at }: Message<'customer.deleted'>): Ended {
  return { account, session: null, at, until: at + TOKEN_MS }
}
