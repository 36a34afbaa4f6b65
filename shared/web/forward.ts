import { Agent as SecureAgent } from 'node:https'
import type { OnProxyEvent } from 'http-proxy-middleware'
import { createDoorman, type Owner, type Whereabouts } from '../doors.ts'
import type { Logger } from '../logger.ts'
import { once } from '../once.ts'
import { Problem, type Request, type RequestHandler, type Response, refuse } from './http.ts'
import { Agent } from './node-http.ts'
import { inviteBody } from './read-body.ts'

const SILENCE_LIMIT_MS = 20_000 // the launcher may take 15 s to stop a service, and streams say something every 15 s
const RETRY_AFTER_S = '2'

/** Brings requests to the programs whose doors they knock at. */
export type Forwarder = {
  /** Takes what is for another program, and passes on the rest. Stands behind all routes, so that these do not wait. */
  forward: RequestHandler
  /** Ends what is still under way, streams above all. */
  stop(): void
}

/**
 * Forwards by `shared/doors.ts` from `self` to the other owners, whose `addresses` come from the configuration. Bodies
 * and streams pass as they come, either side's end ends the other's, and the `Host` stays what the browser asked for.
 * An owner who cannot be reached is named in a 503, one that this shop does without in a 404.
 */
export function createForwarder(self: Owner, addresses: Whereabouts, log: Logger): Forwarder {
  const ownerOf = createDoorman(self)
  const ways = new Map(Object.entries(addresses).map(([owner, url]) => [owner, createWay(self, owner, url, log)]))
  return {
    forward: (req, res, next) => {
      const owner = ownerOf(req.path)
      if (owner === null) return next()
      const way = ways.get(owner)
      if (way === undefined) return next(notHere(owner))
      if (hasPassed(req, self)) return next(goesInCircles(req))
      noteClient(req)
      way.load().then((pass) => inviteBody(req, res, () => void pass(req, res, next)), next)
    },
    stop: () => {
      for (const { stop } of ways.values()) stop()
    },
  }
}

function createWay(self: Owner, owner: string, url: string, log: Logger) {
  const agent = url.startsWith('https:') ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  // A client's "close" is for its own way to us. Behind us it would end the connection while an upload still comes.
  const headers = { via: passOf(self), connection: 'keep-alive' }
  const load = once(async () => {
    const { createProxyMiddleware } = await import('http-proxy-middleware') // not at the start, for it takes a while
    const on = telling(owner, log)
    return createProxyMiddleware<Request, Response>({ target: url, agent, proxyTimeout: SILENCE_LIMIT_MS, headers, on })
  })
  return { load, stop: () => agent.destroy() }
}

/** Tells when an owner goes, and when it is back. */
function telling(owner: string, log: Logger): OnProxyEvent<Request, Response> {
  let isAway = false
  return {
    proxyRes: (answer) => {
      delete answer.headers.connection // of the way behind us; the one to the client lasts for as long as we say
      if (isAway) log.info({ owner }, 'door.open')
      isAway = false
    },
    error: (error, req, res) => {
      if (!isAway) log.warn({ owner, reason: error.message }, 'door.shut')
      isAway = true
      if ('writeHead' in res && !res.headersSent) refuse(req, res, away(owner))
      else res.destroy()
    },
  }
}

/** What came in these headers counts only as far as TRUST_PROXY says: the next one is told what we believe. */
function noteClient(req: Request): void {
  req.headers['x-forwarded-for'] = req.ip ?? ''
  req.headers['x-forwarded-proto'] = req.protocol
  req.headers['x-forwarded-host'] = req.get('host') ?? ''
}

const away = (owner: string) =>
  new Problem(503, 'Service unavailable', `The ${owner} service is away. Try again in a moment.`).with({
    'Retry-After': RETRY_AFTER_S,
  })

const notHere = (owner: Owner) => new Problem(404, 'Not found', `This shop is run without ${owner}.`)

/** Two programs that were told each other's address for their own would send a request to and fro for ever. */
const hasPassed = (req: Request, self: Owner) => req.get('via')?.includes(passOf(self)) === true
const passOf = (self: Owner) => `1.1 orderline-${self}`
const goesInCircles = (req: Request) =>
  new Problem(508, 'Loop detected', `${req.path} came back to who forwarded it: check ORDER_URL and CONTROL_URL.`)
