import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { cutAfterAnswer } from './cut-upload.ts'
import { createServer } from './node-http.ts'
import { bodyOf, PROBLEM_TYPE, Problem } from './problem.ts'
import { SAFE_HEADERS } from './safe-headers.ts'

/**
 * The server around an app. What never becomes a request that a route could look at is refused here, in the same form
 * as all refusals: what is no HTTP, an address that is none, an expectation nobody can meet.
 */
export function createFrontDoor(app: RequestListener): Server {
  const latest: Latest = new WeakMap()
  const answer = (req: IncomingMessage, res: ServerResponse) => {
    const refusal = refusalOf(req)
    latest.set(req.socket, { req, res })
    cutAfterAnswer(req, res)
    if (refusal === null) return app(req, res)
    res.writeHead(refusal.status, headersOf(refusal)).end(bodyOf(refusal))
  }
  return createServer({ requireHostHeader: false }, answer) // Node's own refusal has no body; see `refusalOf`
    .on('checkContinue', answer) // the body is asked for by whoever reads it, so not before a refusal
    .on('checkExpectation', answer)
    .on('connect', (_req, socket) => refuseTunnel(socket))
    .on('clientError', (error, socket) => refuseGarbage(error, socket, latest))
}

/** Node hands the connection over as it is: an error of it that nobody hears would end the program. */
function refuseTunnel(socket: Duplex): void {
  socket.on('error', () => socket.destroy()).resume()
  endWith(socket, new Problem(405, 'Method not allowed', 'This is no proxy.').with(ALLOW))
}

const ALLOW = { Allow: 'GET, HEAD, POST, OPTIONS' }

function refusalOf({ url = '', httpVersion, headers: { expect, host } }: IncomingMessage): Problem | null {
  if (host === undefined && httpVersion === '1.1') return bad('The header Host is missing.')
  if (!url.startsWith('/') && url !== '*' && !URL.canParse(url)) return bad('This address is none.')
  if (expect === undefined || CONTINUE.test(expect)) return null
  return new Problem(417, 'Expectation failed', `"Expect: ${expect}" cannot be met; "100-continue" can.`)
}

const CONTINUE = /^100-continue$/i
const bad = (detail: string) => new Problem(400, 'Bad request', detail)

/** What came last over each connection. */
type Latest = WeakMap<Duplex, { req: IncomingMessage; res: ServerResponse }>

/**
 * What Node could not read as HTTP. The connection ends with the answer, for nobody knows where the next request begins.
 * What still belongs to a request that has its answer gets no second one, and what stands behind a request waits for its.
 */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex, latest: Latest): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const refusal = GARBAGE.get(error.code ?? '')?.() ?? bad('This is not HTTP.')
  const { req, res } = latest.get(socket) ?? {}
  if (req?.complete === false && res?.headersSent) return void socket.end()
  if (req?.complete && res?.writableFinished === false) return void res.once('finish', () => endWith(socket, refusal))
  endWith(socket, refusal)
}

function endWith(socket: Duplex, refusal: Problem): void {
  if (!socket.writable) return
  const headers = Object.entries({ ...headersOf(refusal), Connection: 'close' }).map((pair) => pair.join(': '))
  socket.end([`HTTP/1.1 ${refusal.status} ${refusal.title}`, ...headers, '', bodyOf(refusal)].join('\r\n'))
}

const GARBAGE = new Map([
  ['HPE_HEADER_OVERFLOW', () => new Problem(431, 'Headers too large', 'The headers are larger than 16 kB.')],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', () => new Problem(413, 'Too large', 'The chunk extensions are too large.')],
  ['ERR_HTTP_REQUEST_TIMEOUT', () => new Problem(408, 'Request timeout', 'The request did not arrive in time.')],
])

function headersOf(refusal: Problem): Record<string, string> {
  const length = String(Buffer.byteLength(bodyOf(refusal)))
  return { 'Content-Type': PROBLEM_TYPE, 'Content-Length': length, ...SAFE_HEADERS, ...refusal.headers }
}
