import express, { type Express, type Router } from 'express'

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
  return app
}

/** A bare router, for routes that several apps mount. */
export function createRouter(): Router {
  return express.Router()
}
