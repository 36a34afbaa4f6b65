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
 * its own refusals, beside those that follow from the rest (openapi.ts).
 */
export type Endpoint = {
  method: 'get' | 'post'
  path: string
  what: string
  isAdmin?: boolean
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: z.ZodType
  answer: Answer
  problems: readonly number[]
  serve: RequestHandler
}

/** Mounts the endpoints; `guard` stands before those of the admin, and before their bodies are read. */
export function mountEndpoints(app: Express, endpoints: Endpoint[], guard: RequestHandler): void {
  for (const { method, path, isAdmin, body, serve } of endpoints) {
    const reader = body === undefined ? skipBody : readJson
    app[method](path, ...(isAdmin ? [guard] : []), ...(method === 'post' ? [reader] : []), serve)
  }
}
