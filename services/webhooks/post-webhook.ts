import type { Agent as AnyAgent, IncomingMessage } from 'node:http'
import { request as requestSecurely, Agent as SecureAgent } from 'node:https'
import { reasonOf } from '../../shared/health.ts'
import { Agent, request } from '../../shared/web/node-http.ts'
import { lookupIn, type Networks, OutOfReach, subscriberUrl } from './reach.ts'

/** What a subscriber has answered; `retryAfter` is that header. Or why there was no answer. */
export type Answer = { status: number; retryAfter: string | undefined } | { failure: string }

/** Posts a body. Rejects only when `signal` says that it took too long. */
export type Post = {
  send(url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<Answer>
  /** What is under way then has a moment left: a subscriber that is silent shall not hold up the end. */
  end(): void
}

const IDLE_MS = 30_000
const END_MS = 2_000

/** The way to subscribers. It follows no redirections and uses no proxy: an address is checked as it is connected to. */
export function createPost(networks: Networks): Post {
  const ending = new AbortController()
  const options = { keepAlive: true, timeout: IDLE_MS, lookup: lookupIn(networks) }
  const plain = { request, agent: new Agent(options) }
  const secure = { request: requestSecurely, agent: new SecureAgent(options) }
  return {
    send: async (text, headers, body, signal) => {
      try {
        const url = subscriberUrl(text, networks) // again, for what is allowed may have changed
        const way = url.protocol === 'https:' ? secure : plain
        const either = AbortSignal.any([signal, ending.signal])
        return await answerTo({ url, headers, body, signal: either }, way)
      } catch (error) {
        if (signal.aborted) throw error
        return { failure: error instanceof OutOfReach ? error.message : `no answer: ${reasonOf(error)}` }
      }
    },
    end: () => {
      setTimeout(() => {
        ending.abort(new Error('the service ends'))
        for (const { agent } of [plain, secure]) agent.destroy()
      }, END_MS).unref()
    },
  }
}

type Wanted = { url: URL; headers: Record<string, string>; body: string; signal: AbortSignal }
type Way = { request: typeof request; agent: AnyAgent }

async function answerTo({ url, headers, body, signal }: Wanted, { request, agent }: Way): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, agent, signal })
      .on('response', resolve)
      .on('error', reject)
      .end(body)
  })
  await letGoOf(response)
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }
}

const ANSWER_MAX_BYTES = 16 * 1024 // read, so that the connection can be used again; of more nobody wants to know

async function letGoOf(response: IncomingMessage): Promise<void> {
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    if (bytes > ANSWER_MAX_BYTES) return // which ends the connection
  }
}
