import type { IncomingHttpHeaders } from 'node:http'
import type { Request, RequestHandler, Response } from './express.ts'
import { type FieldError, Problem } from './problem.ts'

export const BODY_MAX_BYTES = 64 * 1024

/**
 * Reads a body of JSON into `req.body`, which stays undefined where there is none. Refuses with 400, 413 or 415. By
 * hand, because Express's own reader costs an order an eighth of its time; docs/decisions.md has the figure. Stands
 * in the chain of each route that wants a body, behind those that ask who is there.
 */
export const readJson: RequestHandler = (req, res, next) => {
  if (!hasBody(req.headers)) return next()
  const refusal = strangeIn(req.headers) ?? tooLongIn(req.headers)
  if (refusal !== null) return next(refusal)
  if (isTaken(req)) return next()
  gather(req, res, (read) => {
    const body = read instanceof Problem ? read : parsed(read)
    if (body instanceof Problem) return next(body)
    req.body = body
    next()
  })
}

/** Lets go of a body that nobody wants. Refuses with 413 when it is large all the same. */
export const skipBody: RequestHandler = (req, res, next) => {
  if (!hasBody(req.headers) || isTaken(req)) return next()
  const refusal = tooLongIn(req.headers)
  if (refusal !== null) return next(refusal)
  gather(req, res, (read) => (read instanceof Problem ? next(read) : next()))
}

/** Reads a body as it came, empty where there is none, for whoever must see it before it is parsed. Rejects with a 413. */
export function readBytes(req: Request, res: Response): Promise<Buffer> {
  if (!hasBody(req.headers)) return Promise.resolve(Buffer.alloc(0))
  const refusal = tooLongIn(req.headers)
  return new Promise((resolve, reject) => {
    if (refusal !== null) return reject(refusal)
    gather(req, res, (read) => (read instanceof Problem ? reject(read) : resolve(Buffer.concat(read))))
  })
}

/** Parses a body that `readBytes` has read, for the readers that stand behind it in the chain. Throws a 400. */
export function takeBody(req: Request, bytes: Buffer): void {
  if (bytes.length === 0) return
  const body = parsed([bytes])
  if (body instanceof Problem) throw body
  req.body = body
}

/** Tells a client that asked first (`Expect: 100-continue`) to go on and send its body. */
export const inviteBody: RequestHandler = (req, res, next) => {
  if (req.headers.expect !== undefined) res.writeContinue()
  next()
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length']) > 0
}

const isTaken = (req: Request) => req.body !== undefined

function gather(req: Request, res: Response, done: (read: Buffer[] | Problem) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  const take = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= BODY_MAX_BYTES) return void chunks.push(chunk)
    req.off('data', take).off('end', finish).pause()
    done(TOO_LARGE())
  }
  const finish = () => done(chunks)
  inviteBody(req, res, () => {})
  req.on('data', take).once('end', finish)
}

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\s*(;|$)/i
const OTHER_CHARSET = /charset=(?!"?utf-?8)/i

function strangeIn(headers: IncomingHttpHeaders): Problem | null {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers
  if (!JSON_TYPE.test(type))
    return unsupported(`Send JSON, with the header "Content-Type: application/json"; ${came(type)}.`)
  if (encoding !== 'identity') return unsupported(`The body is encoded as ${encoding}, which is not understood.`)
  return OTHER_CHARSET.test(type) ? unsupported('JSON is read as UTF-8 only.') : null
}

function tooLongIn(headers: IncomingHttpHeaders): Problem | null {
  return Number(headers['content-length']) > BODY_MAX_BYTES ? TOO_LARGE() : null
}

const came = (type: string) => (type === '' ? 'there was none' : `it said "${type}"`)

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
const unsupported = (detail: string) =>
  new Problem(415, 'Unsupported media type', detail).with({ 'Accept-Post': 'application/json' })
