import type { Logger } from '../logger.ts'
import { cookieOf, endOf, renewed, type Session, sessionIn } from './admin-session.ts'
import { bearerOf, type CheckToken, createTokenCheck, unauthorized } from './admin-token.ts'
import { holdAnswers } from './held-answers.ts'
import type { Request, RequestHandler, Response } from './http.ts'
import { Problem } from './problem.ts'

type Deps = {
  adminToken: string | undefined
  log: Logger
  /** Whether a session was ended before its time. Only control can tell. */
  isEnded?: (session: Session) => boolean
  now?: () => number
}

/** Who is let in to where the shop is operated. One for each program, for it counts who was refused. */
export type Guard = {
  /** Lets a request pass that is the admin's: refuses all others with 401. */
  require: RequestHandler
  /** Whether a request carries the admin token as `Authorization: Bearer …`, or a session of a browser, which goes on. */
  admits(req: Request, res: Response): Promise<boolean>
  check: CheckToken
  /** Whether a request carries the admin token. A wrong one counts here as anywhere: this is no place to guess, either. */
  isAdmin(req: Request): Promise<boolean>
  sessionOf(req: Request): Session | null
  /** Ends what is still being told to a session, which was ended before its time. */
  hangUp(session: Pick<Session, 'id'>): void
}

export function createGuard({ adminToken, log, isEnded = () => false, now = Date.now }: Deps): Guard {
  if (adminToken === undefined) return NOBODY
  const check = createTokenCheck(adminToken, log)
  const held = holdAnswers<Session>()
  const sessionOf = (req: Request) => {
    const session = sessionIn(req, adminToken, now())
    return session === null || isEnded(session) ? null : session
  }
  const isAdmin = async (req: Request) => {
    const bearer = bearerOf(req)
    return bearer !== undefined && check(req, bearer)
  }
  const admits = async (req: Request, res: Response) => {
    if (await isAdmin(req)) return true
    const session = sessionOf(req)
    if (session === null) return false
    refuseForged(req)
    const fresh = renewed(session, now())
    if (fresh !== null) res.cookie(...cookieOf(fresh, adminToken, req.secure))
    held.hold(session, res, endOf(fresh ?? session) - now())
    return true
  }
  return {
    check,
    sessionOf,
    isAdmin,
    admits,
    hangUp: ({ id }) => held.hangUp((session) => session.id === id),
    require: async (req, res, next) => {
      if (await admits(req, res)) return next()
      throw unauthorized('Send the admin token as "Authorization: Bearer <token>".')
    },
  }
}

/**
 * Refuses what changes something and was not made by a page of this very server. A browser sends the cookie along whoever
 * asks, and for a cookie all ports of a host are the same site; a bearer token it does not.
 */
export function refuseForged(req: Request): void {
  if (req.method === 'GET' || req.method === 'HEAD') return
  const site = req.get('sec-fetch-site')
  const isOwn =
    site === undefined ? req.get('origin') === `${req.protocol}://${req.get('host')}` : site === 'same-origin'
  if (!isOwn) throw new Problem(403, 'Forbidden', 'This was not asked for by a page of this shop.')
}

const NOBODY: Guard = {
  check: async () => false,
  sessionOf: () => null,
  isAdmin: async () => false,
  admits: async () => false,
  hangUp: () => {},
  require: () => {
    throw new Problem(403, 'Forbidden', 'No ADMIN_TOKEN is set, so nobody is admin.')
  },
}
