import { isLoopback } from '../address.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../logger.ts'
import { type Guard, refuseForged } from './admin-guard.ts'
import { beginSession, cookieOf } from './admin-session.ts'
import type { Express, Request } from './http.ts'
import { skipBody } from './read-body.ts'

type Deps = { config: Config; guard: Guard; log: Logger }

/**
 * `POST /enter`: answers whether whoever asks is in, and lets in, without the token, who sits at the very machine on which
 * the shop is tried out. Each program with pages for the admin has it, for itself: what was forwarded has come from
 * somewhere, and where that is nobody knows for sure.
 */
export function mountOpenDoor(app: Express, { config, guard, log }: Deps): void {
  const token = isOpen(config) ? config.ADMIN_TOKEN : undefined
  app.post('/enter', skipBody, (req, res) => {
    refuseForged(req)
    const isIn = guard.sessionOf(req) !== null
    if (isIn || token === undefined || !isFromHere(req)) return void res.json({ isIn })
    const session = beginSession(Date.now())
    res.cookie(...cookieOf(session, token, req.secure)).json({ isIn: true })
    log.info({ address: req.ip, session: session.id.slice(0, 8), withoutToken: true }, 'admin.entered')
  })
}

/** The launcher says so for a demo; nothing that it may have been told opens where other machines come in, or for real. */
function isOpen({ OPEN_DOOR, HOST, NODE_ENV }: Config): boolean {
  return OPEN_DOOR === true && NODE_ENV !== 'production' && isLoopback(HOST)
}

/**
 * Whether a page of this machine's own browser asks, straight: by a name that no other website can have (one whose name
 * stands for 127.0.0.1 would be asked as itself), over loopback, and without a trace of anybody in between.
 */
export function isFromHere({ socket, headers, httpVersion }: Request): boolean {
  const { host = '', origin } = headers
  const isPassedOn = httpVersion !== '1.1' || Object.keys(headers).some((name) => TRACE.test(name))
  return HERE.test(host) && origin === `http://${host}` && isLoopback(socket.remoteAddress ?? '0.0.0.0') && !isPassedOn
}

const HERE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

/** What proxies and tunnels say of themselves, or of whom they ask for. nginx says nothing unless told, but it speaks HTTP/1.0. */
const TRACE =
  /^(forwarded|via|x-forwarded|x-real-|x-client-|x-original-|x-cluster-|true-client-|cf-|cdn-|fastly-|fly-|x-envoy-|x-amz|x-appengine-|x-azure-|x-arr-)/
