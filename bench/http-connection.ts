import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** `head` are the header lines as they came. */
export type Answer = { status: number; head: string; body: string }
type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void }

/**
 * One keep-alive connection that knows just enough HTTP for the bench, so that the server is the bottleneck and
 * not we: one request at a time, answers with a Content-Length.
 */
export class HttpConnection {
  readonly #socket: Socket
  #waiting: Waiting | undefined
  #received = ''

  static async open(url: string): Promise<HttpConnection> {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    await once(socket, 'connect')
    return new HttpConnection(socket)
  }

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1') // one character per byte, so that lengths can be compared
    socket.on('data', (text) => this.#hear(String(text)))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(CLOSED()))
  }

  /** Sends a request as it stands. Rejects when the connection breaks before the answer. */
  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(CLOSED())
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #hear(text: string): void {
    this.#received = this.#received === '' ? text : this.#received + text
    const answer = read(this.#received)
    if (answer === undefined) return
    const waiting = this.#waiting
    this.#received = ''
    this.#waiting = undefined
    waiting?.resolve(answer)
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error)
    this.#waiting = undefined
  }
}

/** The bytes of a POST of this JSON. */
export function postOf(url: string, body: unknown): Buffer {
  const { host, pathname } = new URL(url)
  const json = JSON.stringify(body)
  const lines = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Accept: application/json',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(json)}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${json}`)
}

/** After how many seconds somebody who was refused may come again; undefined where the answer does not say. */
export function retryAfterS({ head }: Answer): number | undefined {
  const [, seconds] = /\r\nretry-after: (\d+)/i.exec(head) ?? []
  return seconds === undefined ? undefined : Number(seconds)
}

const CLOSED = () => new Error('the server has closed the connection')
const HEADER_END = '\r\n\r\n'
const STATUS_AT = 'HTTP/1.1 '.length

/** The answer, if it has arrived in full. */
function read(received: string): Answer | undefined {
  const headerEnd = received.indexOf(HEADER_END)
  if (headerEnd < 0) return undefined
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1])
  const body = received.slice(headerEnd + HEADER_END.length)
  if (body.length < length) return undefined
  const head = received.slice(0, headerEnd)
  return { status: Number(received.slice(STATUS_AT, STATUS_AT + 3)), head, body }
}
