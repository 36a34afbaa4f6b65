import type { OrderKeys } from '../../shared/order-key.ts'
import type { Guard } from '../../shared/web/admin-guard.ts'
import type { CustomerSessions } from '../../shared/web/customer-session.ts'
import type { Request, RequestHandler } from '../../shared/web/http.ts'
import type { ReadEntry } from './read-entries.ts'
import type { SaleLimits } from './sale-limits.ts'
import { noSuchTicket } from './show-entry.ts'

type Known = { keys: OrderKeys; sessions: Pick<CustomerSessions, 'of'> | null; readEntry: ReadEntry }
type Deps = Known & { guard: Guard; limits: Pick<SaleLimits, 'strange'> | null }

/**
 * Lets pass who has the key of a ticket, who is signed in to the account that it belongs to, and the admin, as order does
 * with its orders: a ticket becomes one. To all others there is no such ticket, whether there is one or not.
 */
export function createEntryDoor({ guard, limits, ...known }: Deps): RequestHandler {
  return async (req, res, next) => {
    if (await isHolder(known, req, String(req.params.ticket))) return next()
    if (await guard.admits(req, res)) return next()
    await limits?.strange(req)
    throw noSuchTicket()
  }
}

/** Whether whoever asks has the key of a ticket, or is signed in to the account that it belongs to. */
export async function isHolder({ keys, sessions, readEntry }: Known, req: Request, ticket: string): Promise<boolean> {
  if (keys.opens(ticket, req.get('order-key') ?? '')) return true
  const account = sessions?.of(req)?.account
  return account !== undefined && (await readEntry(ticket))?.account === account
}
