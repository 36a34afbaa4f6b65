import type { RequestHandler } from './http.ts'

/**
 * What every answer says unless its route says otherwise: nobody keeps it, for most answers are about a person or the
 * shop's inner life, and nobody guesses that it is something else than it says.
 */
export const SAFE_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

/** What may be kept by everybody, and is asked for again before it is used: it tells nothing of anyone. */
export const PUBLIC = { 'Cache-Control': 'no-cache' }

export const safeHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', SAFE_HEADERS['Cache-Control'])
  res.setHeader('X-Content-Type-Options', SAFE_HEADERS['X-Content-Type-Options'])
  next()
}
