import express, { type Express, type Request, type Router } from 'express'

export type {
  CookieOptions,
  ErrorRequestHandler,
  Express,
  NextFunction,
  Request,
  RequestHandler,
  Response,
  Router,
} from 'express'

/** An app without routes, and without the headers that tell what it is made of. */
export function createExpress(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  Object.defineProperty(app.request, 'fresh', { get: isFresh })
  return app
}

/** Express takes `If-None-Match: *` for a yes, also where nothing has a tag: whoever asked got an empty 304. */
function isFresh(this: Request): boolean {
  return this.res?.hasHeader('ETag') === true && Reflect.get(express.request, 'fresh', this)
}

/** A bare router, for routes that several apps mount. */
export function createRouter(): Router {
  return express.Router()
}
