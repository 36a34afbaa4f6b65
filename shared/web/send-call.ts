import type { IncomingMessage } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { lookupNear } from './near.ts'
import { Agent, request } from './node-http.ts'
import { type Call, sign } from './signed-call.ts'

const ANSWER_LIMIT_MS = 2_000 // from the first try to connect to the last byte
const ANSWER_MAX_BYTES = 32 * 1024 * 1024 // a hundred dead letters of the largest messages that JSON makes of them

export type Reply = { status: number; body: unknown }

/** Whom a call goes to, by which name, and what it asks: with a `body` it is a POST. */
export type Outgoing = { url: string; to: string; path: string; body: object | undefined; isFromData: boolean }

/** Of connections that were made to what `lookupNear` had found, and are used again for nothing else. */
const nearby = new Agent({ keepAlive: true, lookup: lookupNear })

/**
 * Sends a signed call. It carries no secret, and is of no use anywhere but where it is sent. Rejects when there is no
 * answer in time, or one that is too large or no JSON. Follows no redirections.
 */
export async function sendCall({ url, to, path, body, isFromData }: Outgoing, secret: string): Promise<Reply> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const call: Call = { to, path, method: body === undefined ? 'GET' : 'POST' }
  const headers = {
    authorization: sign(call, text, secret, Date.now()),
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  }
  const send = url.startsWith('https:') ? requestSecurely : request
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url + path, {
      ...{ method: call.method, headers, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) },
      ...(isFromData && { agent: nearby }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end(text)
  })
  return { status: response.statusCode ?? 0, body: JSON.parse(await textOf(response)) }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    if (bytes > ANSWER_MAX_BYTES) throw new Error(`the answer is larger than ${ANSWER_MAX_BYTES / 1024 / 1024} MB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
