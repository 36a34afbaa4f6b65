import { z } from 'zod'
import type { Logger } from '../../shared/logger.ts'
import { type Guard, refuseForged } from '../../shared/web/admin-guard.ts'
import { beginSession, cookieOf, noCookie, type Session } from '../../shared/web/admin-session.ts'
import { unauthorized } from '../../shared/web/admin-token.ts'
import { type Express, parseBody, type Request, type Response } from '../../shared/web/http.ts'
import { readJson, skipBody } from '../../shared/web/read-body.ts'
import type { SignedOut } from './signed-out.ts'

type Deps = {
  adminToken: string | undefined
  guard: Guard
  signedOut: Pick<SignedOut, 'add'>
  /** A session has been ended. */
  onLeft(): void
  log: Logger
}

const body = z.object({ token: z.string().max(500) })

/**
 * The ways into the control room and out of it. In: the link that `npm start` prints, `/control?token=…`, and the form on
 * the page; both begin a session, and the link leads on to an address without the token. Out: `POST /control/logout`.
 */
export function mountControlDoor(app: Express, { adminToken, guard, signedOut, onLeft, log }: Deps): void {
  const enter = async (req: Request, res: Response, given: string) => {
    if (adminToken === undefined || !(await guard.check(req, given))) return false
    const session = beginSession(Date.now())
    res.cookie(...cookieOf(session, adminToken, req.secure))
    log.info(factsOf(req, session), 'admin.entered')
    return true
  }
  app.get('/control', async (req, res, next) => {
    const { token } = req.query
    if (typeof token !== 'string') return next()
    const door = (await enter(req, res, token)) ? '/control' : '/control?refused'
    res.set('Referrer-Policy', 'no-referrer').redirect(303, door)
  })
  app.post('/control', readJson, async (req, res) => {
    const { token } = parseBody(body, req.body)
    if (!(await enter(req, res, token))) throw unauthorized('That is not the admin token.')
    res.status(204).end()
  })
  app.post('/control/logout', skipBody, (req, res) => {
    refuseForged(req)
    const session = guard.sessionOf(req)
    if (session !== null) {
      signedOut.add(session)
      guard.hangUp(session)
      onLeft()
      log.info(factsOf(req, session), 'admin.left')
    }
    if (adminToken !== undefined) res.clearCookie(...noCookie(adminToken, req.secure))
    res.status(204).end()
  })
}

/** Who of those that are let in somebody is, as it is kept with what they do: a session, or whoever has the token. */
export function whoIsBy(guard: Guard): (req: Request) => string {
  return (req) => {
    const session = guard.sessionOf(req)
    return session === null ? 'token' : `session ${shortOf(session)}`
  }
}

const factsOf = ({ ip: address }: Request, session: Session) => ({ address, session: shortOf(session) })

/** The beginning of a session's id tells it apart in the log, and is no key to it. */
const shortOf = ({ id }: Session) => id.slice(0, 8)
