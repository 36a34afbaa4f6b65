import type { IncomingHttpHeaders } from 'node:http'
import type { RequestHandler } from './http.ts'
import { type FieldError, Problem } from './problem.ts'

const BODY_MAX_BYTES = 64 * 1024

/**
 * Reads a body of JSON into `req.body`; what has no such body passes. Refuses with 400, 413 or 415. By hand,
 * because Express's own reader costs an order an eighth of its time; docs/decisions.md has the figure.
 */
export const readJson: RequestHandler = (req, _res, next) => {
  if (!JSON_TYPE.test(req.headers['content-type'] ?? '')) return next()
  const refusal = refusalOf(req.headers)
  if (refusal !== null) return next(refusal)
  const chunks: Buffer[] = []
  let bytes = 0
  const gather = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= BODY_MAX_BYTES) return void chunks.push(chunk)
    req.off('data', gather).off('end', finish).resume() // what still comes is let go
    next(TOO_LARGE())
  }
  const finish = () => {
    const body = parsed(chunks)
    if (body instanceof Problem) return next(body)
    req.body = body
    next()
  }
  req.on('data', gather).once('end', finish)
}

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i
const OTHER_CHARSET = /charset=(?!"?utf-?8)/i

function refusalOf(headers: IncomingHttpHeaders): Problem | null {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') return unsupported(`The body is encoded as ${encoding}, which is not understood.`)
  if (OTHER_CHARSET.test(headers['content-type'] ?? '')) return unsupported('JSON is read as UTF-8 only.')
  return Number(headers['content-length']) > BODY_MAX_BYTES ? TOO_LARGE() : null
}

function parsed(chunks: Buffer[]): unknown {
  const [first] = chunks
  if (first === undefined) return undefined
  try {
    return JSON.parse((chunks.length === 1 ? first : Buffer.concat(chunks)).toString())
  } catch {
    return new Problem(400, 'Bad request', 'The body is not valid JSON.', [NO_JSON])
  }
}

const NO_JSON: FieldError = { field: 'body', message: 'must be valid JSON' }
const TOO_LARGE = () => new Problem(413, 'Too large', `The body is larger than ${BODY_MAX_BYTES / 1024} kB.`)
const unsupported = (detail: string) => new Problem(415, 'Unsupported media type', detail)
