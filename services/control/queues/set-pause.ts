import { z } from 'zod'
import type { Logger } from '../../../shared/logger.ts'
import { type Service, services } from '../../../shared/routes.ts'
import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody, type Request } from '../../../shared/web/http.ts'

const params = z.object({ service: z.enum(services) })
const told = z.object({ since: z.number().nullable() })

const answer = z.object({
  service: z.enum(services),
  pausedAt: z.iso.datetime().nullable().describe('Since when it pops nothing; null while it goes on'),
})

/**
 * `POST /api/admin/queues/:service/pause` and `/resume`: its workers finish what they hold, and pop nothing until they are told
 * to go on. What comes meanwhile waits in the lists, and with its senders.
 */
export function setPause(deps: Deps): Endpoint[] {
  return [
    toggle({
      ...deps,
      verb: 'pause',
      isPaused: true,
      what: 'Pause a queue: its service pops nothing, also after a restart',
    }),
    toggle({ ...deps, verb: 'resume', isPaused: false, what: 'Let a queue that is paused go on' }),
  ]
}

type Deps = { ask: Ask; log: Logger; whoIs(req: Request): string }
type Toggle = Deps & { verb: 'pause' | 'resume'; isPaused: boolean; what: string }

function toggle({ ask, log, whoIs, verb, isPaused, what }: Toggle): Endpoint {
  return {
    method: 'post',
    path: `/api/admin/queues/:service/${verb}`,
    what,
    isAdmin: true,
    answer: { status: 200, what: 'Each process of the service obeys within a second', schema: answer },
    problems: [422],
    serve: async (req, res) => {
      const { service } = parseBody(params, req.params)
      const reply = await ask(service, '/ops/pause', { isPaused })
      if (reply === null) throw unreachable(service)
      if (reply.status !== 200) throw passedOn(service, reply)
      log.warn({ queue: service, by: whoIs(req) }, `queue.${verb}.asked`)
      res.json({ service, pausedAt: isoOf(told.parse(reply.body).since) } satisfies z.infer<typeof answer>)
    },
  }
}

const isoOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/** Since when a service pops nothing (ms), as its service tells; null while it goes on, or cannot be asked. */
export async function readPause(ask: Ask, service: Service): Promise<number | null> {
  const reply = await ask(service, '/ops/pause')
  return told.safeParse(reply?.body).data?.since ?? null
}
