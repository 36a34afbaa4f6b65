import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string().startsWith('orderline.'),
  subject: z.string(),
  time: z.iso.datetime(),
  dataschema: z.string().startsWith('http'),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
})

export type Told = z.infer<typeof cloudEvent>
type Answer = { status: number; headers?: Record<string, string> }

/** A subsystem in another language, as far as the shop can tell: it takes events, and checks that they are the shop's. */
export class Receiver {
  /** What it has taken, in its order. */
  readonly taken: Told[] = []
  /** Every call there was, taken or not. */
  readonly calls: { at: number; told: Told; status: number }[] = []
  secret = ''
  /** What it says to a call; null: nothing at all. */
  answer: (told: Told) => Answer | null = () => ({ status: 204 })
  #server: Server | undefined
  #port = 0

  async open(): Promise<this> {
    this.#server = createServer((req, res) => void this.#hear(req, res))
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening')
    const { port } = this.#server.address() as AddressInfo
    this.#port = port
    return this
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((done) => this.#server?.close(done) ?? done(undefined))
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`
  }

  idsTaken = () => this.taken.map(({ id }) => id)
  typesTaken = () => this.taken.map(({ type }) => type)

  async #hear(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const isGenuine = this.secret === '' || isSigned(req.headers, body, this.secret)
    const told = cloudEvent.parse(JSON.parse(body))
    const isInForm = told.id === req.headers['webhook-id'] && req.headers['content-type'] === MEDIA_TYPE
    const answer = isGenuine && isInForm ? this.answer(told) : { status: 401 }
    this.calls.push({ at: Date.now(), told, status: answer?.status ?? 0 })
    if (answer === null) return
    if (answer.status < 300) this.taken.push(told)
    res.writeHead(answer.status, answer.headers).end()
  }
}

const MEDIA_TYPE = 'application/cloudevents+json'
const TOLERANCE_S = 5 * 60

/** By the letter of https://www.standardwebhooks.com/, with nothing of ours. */
export function isSigned(headers: Record<string, unknown>, body: string, secret: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > TOLERANCE_S) return false
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return String(signatures).split(' ').includes(`v1,${wanted}`)
}
