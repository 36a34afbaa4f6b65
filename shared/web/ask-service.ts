import type { Logger } from '../logger.ts'
import { liveWorkers } from '../protocol/workers.ts'
import type { Service } from '../routes.ts'
import { isRefusal, type Redis } from '../store/redis.ts'
import { FarAway, nearOrigin } from './near.ts'
import { Problem, unavailable } from './problem.ts'
import { problemAnswer } from './problem-answer.ts'
import { type Reply, sendCall } from './send-call.ts'
import { createTeller } from './tell-refused.ts'

const ASKED_MAX = 8 // workers, one after the other, until one answers

/** Asks a service's own ops pages; null when no live worker of it answers. */
export type Ask = (service: Service, path: string, body?: object) => Promise<Reply | null>

type Deps = { redis: Redis; told?: Partial<Record<Service, string>>; secret: string | undefined; log: Logger }
type Question = { service: Service; path: string; body: object | undefined }

/**
 * Workers tell in their beats where they answer. While Redis is away they are asked where they were last; of some we may
 * have been `told` where they are. What stands in Redis is nobody's word: an address is called only if it is near, with nothing that
 * could be used elsewhere, and what does not know our secret is told of and has not answered.
 */
export function createAsk({ redis, told = {}, secret, log }: Deps): Ask {
  const tell = createTeller(log, 'call.failed')
  const lastUrls = new Map<Service, string[]>()
  const urlsOf = async (service: Service) => {
    const urls = await liveUrls(redis, service)
    if (urls !== null) lastUrls.set(service, urls)
    return lastUrls.get(service) ?? []
  }
  if (secret === undefined) {
    log.warn({ reason: 'CALL_SECRET is not set' }, 'calls.off')
    return async () => null
  }
  const askAt = async (url: string, question: Question): Promise<Reply | null> => {
    const { service } = question
    try {
      const reply = await (told[service] === undefined ? askWorker : askTold)(url, question, secret)
      if (!isStranger(reply)) return reply
      tell({ ...{ service, url: shown(url) }, reason: `it refuses our signature with a ${reply.status}` })
    } catch (error) {
      if (error instanceof FarAway) tell({ ...{ service, url: shown(url) }, reason: error.message })
    }
    return null // any other failure: it has gone since its last beat
  }
  return async (service, path, body) => {
    const toldUrl = told[service]
    const urls = toldUrl === undefined ? await urlsOf(service) : [toldUrl]
    for (const url of urls.slice(0, ASKED_MAX)) {
      const reply = await askAt(url, { service, path, body })
      if (reply !== null) return reply
    }
    return null
  }
}

/** Several of them may share the address that we were told. */
function askTold(url: string, { service, ...wanted }: Question, secret: string): Promise<Reply> {
  return sendCall({ ...wanted, url, to: service, isFromData: false }, secret)
}

async function askWorker(text: string, { path, body }: Question, secret: string): Promise<Reply> {
  const url = nearOrigin(text)
  return sendCall({ url, to: url, path, body, isFromData: true }, secret)
}

/** Its refusal is of us and not of who asked us, so it is not passed on. */
const isStranger = ({ status }: Reply) => status === 401 || status === 403
const shown = (url: string) => url.slice(0, 200)

/** The refusal when a service has to answer and does not. */
export function unreachable(service: Service): Problem {
  return unavailable(`No worker of ${service} can be reached. Try again.`)
}

/** What a service refuses is refused in its words. */
export function passedOn(service: Service, { body }: Reply): Problem {
  const refusal = problemAnswer.safeParse(body).data
  if (refusal === undefined) return unreachable(service)
  return new Problem(refusal.status, refusal.title, refusal.detail, refusal.errors)
}

/** Rejects with a 503 when what was asked of Redis is not to be had. */
export async function fromRedis<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: Error) => {
    const what = isRefusal(error) ? 'Redis refuses what it was asked' : 'Redis is away'
    throw unavailable(`${what} (${error.message}). Orders are taken all the same.`)
  })
}

/** Where its workers answer; null when Redis cannot be asked. */
async function liveUrls(redis: Redis, service: Service): Promise<string[] | null> {
  const live = await liveWorkers(redis, service).catch(() => null)
  return live && [...live.values()].flatMap(({ url }) => (url === null ? [] : [url]))
}
