import type { Logger } from '../../shared/logger.ts'
import { type CustomerSession, createCustomerSessions, notSignedIn } from '../../shared/web/customer-session.ts'
import { holdAnswers } from '../../shared/web/held-answers.ts'
import type { Request, RequestHandler, Response } from '../../shared/web/http.ts'
import type { Client } from './db.ts'
import { type Ended, rememberEnded } from './ended-sessions.ts'

/** Who is signed in, as far as order has to know; it is told by accounts, and never asks there. */
export type Customers = {
  /** The session of a request; null: its customer is a guest. Throws a 403 when another site's page makes the request. */
  of(req: Request): CustomerSession | null
  /** Lets nobody pass but who is signed in: refuses guests with 401. */
  require: RequestHandler
  /** Who has passed. */
  accountOf(req: Request): string
  /** Whether a session that another program of ours has checked was not ended before its time. */
  holds(session: CustomerSession): boolean
  /** What is told to a session ends with it. */
  hold(session: CustomerSession, res: Response): void
  /** Lets these sessions in no more, at once. */
  end(ended: Ended[]): void
  /** The same with those that other processes have heard of. */
  readOn(): Promise<void>
}

type Deps = { secret: string | undefined; read: Client; log: Logger }

/** Without a secret no session can be told from a forged one: all are guests, which is said once. */
export async function rememberCustomers({ secret, read, log }: Deps): Promise<Customers> {
  if (secret === undefined) log.warn({ mend: 'set SESSION_SECRET' }, 'customers.are_guests')
  const ended = await rememberEnded(read)
  const sessions = secret === undefined ? null : createCustomerSessions({ secret, isEnded: ended.has })
  const held = holdAnswers<CustomerSession>()
  const of = (req: Request) => sessions?.of(req) ?? null
  const signedIn = (req: Request) => of(req) ?? nobody()
  return {
    of,
    require: (req, _res, next) => {
      signedIn(req)
      next()
    },
    accountOf: (req) => signedIn(req).account,
    holds: (session) => !ended.has(session) && Date.now() < session.until,
    hold: (session, res) => held.hold(session, res, session.until - Date.now()),
    end: (some) => {
      ended.add(some)
      held.hangUp(ended.has)
    },
    readOn: async () => {
      if (await ended.readOn()) held.hangUp(ended.has)
    },
  }
}

function nobody(): never {
  throw notSignedIn()
}
