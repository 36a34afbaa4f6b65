import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { z } from 'zod'
import { advertisedUrl } from '../address.ts'
import type { Logger } from '../logger.ts'
import { asStoreFailure } from '../store/store-failure.ts'
import { endUpload, isUploading } from './cut-upload.ts'
import { createExpress, type ErrorRequestHandler, type Express, type Request, type Response } from './express.ts'
import { createFrontDoor } from './front-door.ts'
import { languageOf } from './language.ts'
import { noRoute } from './no-route.ts'
import { bodyOf, type FieldError, invalid, PROBLEM_TYPE, Problem, unavailable } from './problem.ts'
import { inLanguage } from './problem-language.ts'
import { addSafeHeaders } from './safe-headers.ts'

export type { CookieOptions, Express, NextFunction, Request, RequestHandler, Response, Router } from './express.ts'
export { createRouter } from './express.ts'

export { type FieldError, Problem } from './problem.ts'

export type HttpServer = { url: string; close(): Promise<void> }

/** How many proxies stand in front, or which addresses they have. */
export type TrustProxy = number | string | false | undefined

/** Who is believed when they say for whom they ask: proxies, and programs of ours that forward. */
export type Trust = { proxies?: TrustProxy; isNeighbour?(address: string): boolean }

/** An Express app whose every error is answered as problem+json. `mount` adds the routes. */
export function createApp(log: Logger, mount: (app: Express) => void, trust: Trust = {}): Express {
  const app = createExpress()
  believe(app, trust)
  addSafeHeaders(app)
  mount(app)
  app.use(noRoute(app))
  app.use(answerProblem(log))
  return app
}

/** A neighbour tells the one address that it believes itself, so nothing before it counts. */
function believe(app: Express, { proxies = false, isNeighbour = () => false }: Trust): void {
  app.set('trust proxy', proxies)
  const isProxy: (address: string, hop: number) => boolean = app.get('trust proxy fn')
  app.set('trust proxy', (address: string | undefined, hop: number) => {
    if (address === undefined) return false // who has hung up has none any more
    return (hop === 0 && isNeighbour(address)) || isProxy(address, hop)
  })
}

/** Parses a request body; throws a 422 Problem that names every field that is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = parse(schema, body)
  if (parsed === null) throw invalid([UNREADABLE])
  if (parsed.success) return parsed.data
  const errors = body === undefined ? [NO_BODY] : parsed.error.issues.map(fieldOf)
  throw invalid(errors)
}

/** Null where something has a `length` that is not even comparable: the schema looks at it before it looks what it is. */
function parse<T>(schema: z.ZodType<T>, body: unknown) {
  try {
    return schema.safeParse(body)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

const UNREADABLE: FieldError = { field: 'body', message: 'has a length that is none' }
const NO_BODY: FieldError = { field: 'body', message: 'is missing' }
const fieldOf = ({ path, message }: z.core.$ZodIssue): FieldError => ({ field: path.join('.') || 'body', message })

/**
 * Starts listening; port 0 takes a free one. Rejects when the port is taken. `url` is where other programs of ours call it: where it
 * is `advertised`, if anywhere. `close` ends open streams too.
 */
export function listen(app: Express, port: number, host: string, advertised?: string): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server = createFrontDoor(app).listen(port, host)
    const closeUnused = unusedOf(server)
    server.once('error', reject)
    server.once('listening', () => {
      const { port: actual } = server.address() as AddressInfo
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done())
          server.closeIdleConnections()
          closeUnused()
          setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS).unref()
        })
      resolve({ url: advertisedUrl(advertised, host, actual), close })
    })
  })
}

const CLOSE_GRACE_MS = 1_000 // what a request still running gets; event streams would never end by themselves

/** Clients open connections in reserve. Node calls one idle only after its first request, and would wait for it. */
function unusedOf(server: Server): () => void {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
}

function answerProblem(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    const problem = asProblem(error)
    if (problem.status >= 500) log.error({ err: error, path: req.path }, 'http.failed')
    if (res.headersSent) return next(error)
    refuse(req, res, problem)
  }
}

/** Answers with a problem, as all refusals are, in the language of whoever asked; people are shown a page where there is one. */
export function refuse(req: Request, res: Response, made: Problem): void {
  const show: ShowRefusal | undefined = req.app.get(REFUSAL_PAGE)
  res.status(made.status).set(made.headers)
  if (show?.(req, res, made.status)) return
  const problem = inLanguage(made, languageOf(req))
  res.set({ ...problem.headers, 'Content-Type': PROBLEM_TYPE })
  if (isUploading(req)) endUpload(res, bodyOf(problem))
  else res.send(bodyOf(problem))
}

/** The setting of an app by which it shows refusals to people; returns false for what programs have asked. */
export const REFUSAL_PAGE = 'refusal page'
export type ShowRefusal = (req: Request, res: Response, status: number) => boolean

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const failure = asStoreFailure(error)
  if (failure !== null) return unavailable(`${failure.message}. Try again.`)
  const status = statusOf(error)
  if (status >= 400 && status < 500) return new Problem(status, 'Bad request', String(error))
  return new Problem(500, 'Internal error', 'Something went wrong on our side; the log says what.')
}

/** Express and its readers mark their refusals with a status. */
function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
}
