import type { z } from 'zod'
import type { Express, RequestHandler } from './http.ts'
import type { LoadClass } from './overload.ts'
import { Problem } from './problem.ts'
import { readJson, skipBody } from './read-body.ts'
import type { Shedding } from './shed.ts'

/** What an endpoint answers when all went well. */
export type Answer = {
  status: number
  what: string
  schema?: z.ZodType
  mediaType?: string
  /** The same in other media types, for whoever asks for one of them: what each is. */
  others?: Record<string, string>
  headers?: Record<string, string>
}

/**
 * One route of the API: mounting and the OpenAPI document both read it, so neither can know a route that the
 * other does not. `query` and `headers` are objects whose keys are parameters; `problems` are the statuses of
 * its own refusals, beside those that follow from the rest (openapi.ts). `isOfOrder`: for whoever has the order's key, and
 * whose it is; `isOfCustomer`: for customers who are signed in.
 */
export type Endpoint = {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  what: string
  /** As what it is refused where there is too much of it; never, if nothing is said. */
  shedAs?: LoadClass
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

/** Who stands before the endpoints that are not for everyone, or not for too many, and before their bodies are read. */
export type Guards = {
  admin?: RequestHandler
  order?: RequestHandler
  customer?: RequestHandler
  shedding?: Shedding
}

/** Mounts the endpoints. Where nobody knows the keys of orders, theirs are for the admin alone. */
export function mountEndpoints(app: Express, endpoints: Endpoint[], who: Guards): void {
  const { admin = refuseAll, order = admin, customer = refuseAll, shedding } = who
  for (const { method, path, shedAs, isAdmin, isOfOrder, isOfCustomer, body, serve } of endpoints) {
    const shed = shedAs === undefined || shedding === undefined ? [] : [shedding.guard(shedAs)]
    const known = [...(isAdmin ? [admin] : []), ...(isOfOrder ? [order] : []), ...(isOfCustomer ? [customer] : [])]
    const guards = [...shed, ...known]
    const reader = body === undefined ? skipBody : readJson
    app[method](path, ...guards, ...(method === 'get' ? [] : [reader]), serve)
  }
}

const refuseAll: RequestHandler = () => {
  throw new Problem(403, 'Forbidden', 'Nobody is let in here.')
}
