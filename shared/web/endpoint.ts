import type { z } from 'zod'
import type { Express, RequestHandler } from './http.ts'
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
 * its own refusals, beside those that follow from the rest (openapi.ts). `isOfOrder`: for whoever has the order's key.
 */
export type Endpoint = {
  method: 'get' | 'post' | 'delete'
  path: string
  what: string
  isAdmin?: boolean
  isOfOrder?: boolean
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: z.ZodType
  answer: Answer
  problems: readonly number[]
  serve: RequestHandler
}

/** Who stands before the endpoints that are not for everyone, and before their bodies are read. */
export type Guards = { admin: RequestHandler; order?: RequestHandler }

/** Mounts the endpoints. Where nobody knows the keys of orders, theirs are for the admin alone. */
export function mountEndpoints(app: Express, endpoints: Endpoint[], { admin, order = admin }: Guards): void {
  for (const { method, path, isAdmin, isOfOrder, body, serve } of endpoints) {
    const guards = [...(isAdmin ? [admin] : []), ...(isOfOrder ? [order] : [])]
    const reader = body === undefined ? skipBody : readJson
    app[method](path, ...guards, ...(method === 'get' ? [] : [reader]), serve)
  }
}
