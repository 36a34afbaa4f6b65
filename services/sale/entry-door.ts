import type { OrderKeys } from '../../shared/order-key.ts'
import type { Guard } from '../../shared/web/admin-guard.ts'
import type { CustomerSessions } from '../../shared/web/customer-session.ts'
import type { RequestHandler } from '../../shared/web/http.ts'
import type { ReadEntry } from './read-entries.ts'
import type { SaleLimits } from './sale-limits.ts'
import { noSuchTicket } from './show-entry.ts'

type Deps = {
  keys: OrderKeys
  guard: Guard
  sessions: Pick<CustomerSessions, 'of'> | null
  limits: Pick<SaleLimits, 'strange'> | null
  readEntry: ReadEntry
}

/**
 * Lets pass who has the key of a ticket, who is signed in to the account that it belongs to, and the admin, as order does
 * with its orders: a ticket becomes one. To all others there is no such ticket, whether there is one or not.
 */
export function createEntryDoor({ keys, guard, sessions, limits, readEntry }: Deps): RequestHandler {
  return async (req, res, next) => {
    const ticket = String(req.params.ticket)
    if (keys.opens(ticket, req.get('order-key') ?? '')) return next()
    const account = sessions?.of(req)?.account
    if (account !== undefined && (await readEntry(ticket))?.account === account) return next()
    if (await guard.admits(req, res)) return next()
    await limits?.strange(req)
    throw noSuchTicket()
  }
}
