import type { z } from 'zod'
import type { Express, RequestHandler } from './http.ts'
import { Problem } from './problem.ts'
import { readJson, skipBody } from './read-body.ts'

/** What an endpoint answers when all went well. */
export type Answer = {
  status: number
  what: string
  schema?: z.ZodType
  mediaType?: string
  headers?: Record<string, string>
}

/**
 * One route of the API: mounting and the OpenAPI document both read it, so neither can know a route that the
 * other does not. `query` and `headers` are objects whose keys are parameters; `problems` are the statuses of
 * its own refusals, beside those that follow from the rest (openapi.ts). `isOfOrder`: for whoever has the order's key, and
 * whose it is; `isOfCustomer`: for customers who are signed in.
 */
export type Endpoint = {
  method: 'get' | 'post' | 'delete'
  path: string
  what: string
  isAdmin?: boolean
  isOfOrder?: boolean
  isOfCustomer?: boolean
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: z.ZodType
  answer: Answer
  problems: readonly number[]
  serve: RequestHandler
}

/** Who stands before the endpoints that are not for everyone, and before their bodies are read. */
export type Guards = { admin?: RequestHandler; order?: RequestHandler; customer?: RequestHandler }

/** Mounts the endpoints. Where nobody knows the keys of orders, theirs are for the admin alone. */
export function mountEndpoints(app: Express, endpoints: Endpoint[], known: Guards): void {
  const { admin = refuseAll, order = admin, customer = refuseAll } = known
  for (const { method, path, isAdmin, isOfOrder, isOfCustomer, body, serve } of endpoints) {
    const guards = [...(isAdmin ? [admin] : []), ...(isOfOrder ? [order] : []), ...(isOfCustomer ? [customer] : [])]
    const reader = body === undefined ? skipBody : readJson
    app[method](path, ...guards, ...(method === 'get' ? [] : [reader]), serve)
  }
}

const refuseAll: RequestHandler = () => {
  throw new Problem(403, 'Forbidden', 'Nobody is let in here.')
}
