import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express'
import type { z } from 'zod'
import type { Logger } from './logger.ts'

export type { Express, NextFunction, Request, RequestHandler, Response, Router } from 'express'

export type FieldError = { field: string; message: string }
export type HttpServer = { url: string; close(): Promise<void> }

const BODY_LIMIT = '64kb'

/** An answer of RFC 9457 (problem+json). `errors` names the fields that are wrong. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly title: string
  readonly errors: FieldError[] | undefined

  constructor(status: number, title: string, detail: string, errors?: FieldError[]) {
    super(detail)
    this.status = status
    this.title = title
    this.errors = errors
  }
}

/** An Express app whose every error is answered as problem+json. `mount` adds the routes. */
export function createApp(log: Logger, mount: (app: Express) => void): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(express.json({ limit: BODY_LIMIT }))
  mount(app)
  app.use(notFound)
  app.use(answerProblem(log))
  return app
}

/** A bare router, for routes that several apps mount. */
export function createRouter(): Router {
  return express.Router()
}

/** Parses a request body; throws a 422 Problem that names every field that is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({
    field: path.join('.') || 'body',
    message,
  }))
  throw new Problem(422, 'Invalid request', errors.map((e) => `${e.field}: ${e.message}`).join('; '), errors)
}

/** Starts listening; port 0 takes a free one. Rejects when the port is taken. `close` ends open streams too. */
export function listen(app: Express, port: number, host: string): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host)
    server.once('error', reject)
    server.once('listening', () => {
      const { port: actual } = server.address() as AddressInfo
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done())
          server.closeIdleConnections()
          setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS).unref()
        })
      resolve({ url: `http://${host === EVERYWHERE ? hostname() : host}:${actual}`, close })
    })
  })
}

const EVERYWHERE = '0.0.0.0' // listened on, but no address to be called at
const CLOSE_GRACE_MS = 1_000 // what a request still running gets; event streams would never end by themselves

const notFound: RequestHandler = (req) => {
  throw new Problem(404, 'Not found', `There is nothing at ${req.method} ${req.path}.`)
}

function answerProblem(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    const problem = asProblem(error)
    if (problem.status >= 500) log.error({ err: error, path: req.path }, 'http.failed')
    if (res.headersSent) return next(error)
    const { status, title, message: detail, errors } = problem
    res.status(status).type('application/problem+json')
    res.send(JSON.stringify({ type: 'about:blank', title, status, detail, ...(errors && { errors }) }))
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const status = statusOf(error)
  if (status === 413) return new Problem(413, 'Too large', `The body is larger than ${BODY_LIMIT}.`)
  if (status === 400) return new Problem(400, 'Bad request', 'The body is not valid JSON.', [NO_JSON])
  if (status >= 400 && status < 500) return new Problem(status, 'Bad request', String(error))
  return new Problem(500, 'Internal error', 'Something went wrong on our side; the log says what.')
}

const NO_JSON: FieldError = { field: 'body', message: 'must be valid JSON' }

/** body-parser and Express mark their refusals with a status. */
function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
}
