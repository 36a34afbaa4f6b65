import { liveWorkers } from '../../shared/protocol/workers.ts'
import type { Service } from '../../shared/routes.ts'
import type { Redis } from '../../shared/store/redis.ts'
import { type Problem, unavailable } from '../../shared/web/problem.ts'

const ANSWER_LIMIT_MS = 2_000

export type Reply = { status: number; body: unknown }
/** Asks a service's own ops pages; null when no live worker of it answers. */
export type Ask = (service: Service, path: string, body?: object) => Promise<Reply | null>

type Known = { orderUrl: string; adminToken: string | undefined }

/**
 * Workers tell in their beats where they answer. While Redis is away they are asked where they were last; order's
 * address is known.
 */
export function createAsk(redis: Redis, { orderUrl, adminToken }: Known): Ask {
  const lastUrls = new Map<Service, string[]>([['order', [orderUrl]]])
  const urlsOf = async (service: Service) => {
    const urls = service === 'order' ? null : await liveUrls(redis, service)
    if (urls !== null) lastUrls.set(service, urls)
    return lastUrls.get(service) ?? []
  }
  return async (service, path, body) => {
    for (const url of await urlsOf(service)) {
      const reply = await request(`${url}${path}`, adminToken, body).catch(() => null) // gone since its last beat
      if (reply !== null) return reply
    }
    return null
  }
}

/** The refusal when a service has to answer and does not. */
export function unreachable(service: Service): Problem {
  return unavailable(`No worker of ${service} can be reached. Try again.`)
}

/** Rejects with a 503 when what was asked of Redis is not to be had. */
export async function fromRedis<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: Error) => {
    throw unavailable(`Redis is away (${error.message}). Orders are taken all the same.`)
  })
}

/** Where its workers answer; null when Redis cannot be asked. */
async function liveUrls(redis: Redis, service: Service): Promise<string[] | null> {
  const live = await liveWorkers(redis, service, Date.now()).catch(() => null)
  return live && [...live.values()].flatMap(({ url }) => (url === null ? [] : [url]))
}

async function request(url: string, token: string | undefined, body: object | undefined): Promise<Reply> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    redirect: 'error', // the token is for our own services only
  })
  return { status: response.status, body: await response.json() }
}
