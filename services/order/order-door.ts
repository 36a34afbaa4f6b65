import type { OrderKeys } from '../../shared/order-key.ts'
import type { Guard } from '../../shared/web/admin-guard.ts'
import type { Request, RequestHandler, Response } from '../../shared/web/http.ts'
import type { Customers } from './customers.ts'
import type { Client } from './db.ts'
import { seqOf } from './order.ts'
import type { OrderLimits } from './order-limits.ts'
import { ownerOf } from './owners.ts'
import { noSuchOrder } from './show-order.ts'

type Deps = {
  keys: OrderKeys
  guard: Guard
  customers: Customers
  limits: Pick<OrderLimits, 'strange'> | null
  read: Client
}

/**
 * Lets whoever has the order's key pass, whoever is signed in to the account that it belongs to, and the admin. To all
 * others there is no such order, whether there is one or not: the key is checked before anything is looked up, and whoever
 * is signed in costs a look-up with any id. Who is refused again and again is told to wait, whatever was asked for. The admin
 * may also call an order by its number.
 */
export function createOrderDoor({ keys, guard, customers, limits, read }: Deps): RequestHandler {
  const isOwn = async (req: Request, res: Response, id: string) => {
    const session = customers.of(req)
    if (session === null || session.account !== (await ownerOf(read, id))) return false
    customers.hold(session, res)
    return true
  }
  return async (req, res, next) => {
    const id = String(req.params.id)
    if (keys.opens(id, req.get('order-key') ?? '') || (await isOwn(req, res, id))) return next()
    if (!(await guard.admits(req, res))) {
      await limits?.strange(req)
      throw noSuchOrder()
    }
    res.locals.isAdmin = true // what they are shown tells them so
    req.params.id = await idOf(read, id)
    next()
  }
}

/** The id of an order that the admin calls by its id or its number. */
export async function idOf(read: Client, name: string): Promise<string> {
  const seq = seqOf(name)
  if (seq === undefined) return name
  const [order] = await read.$queryRaw<{ id: string }[]>`SELECT id FROM "Order" WHERE seq = ${seq}`
  return order?.id ?? name
}
