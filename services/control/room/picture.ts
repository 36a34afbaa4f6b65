import { z } from 'zod'
import type { Service } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Mailbox } from '../../../shared/web/mailbox.ts'
import type { Demo } from '../demo/demo.ts'
import { readQueue } from '../queues/queue-state.ts'
import { createBookReader, type Wanted } from './books.ts'
import { createDamReader } from './dam.ts'
import { createHopReader } from './hops.ts'
import type { LogLook } from './log.ts'
import { createNewestParts, type NewestParts } from './newest-parts.ts'
import { createParts, type Parts, partOf } from './parts.ts'
import { createRates } from './rates.ts'
import { remember } from './remember.ts'
import type { Queue, View } from './snapshot.ts'

const LETTERS_MS = 900 // at each second look
const MAILS_MS = 1_900 // at each fourth
const MAILS_SHOWN = 8

type Deps = {
  redis: Redis
  ask: Ask
  mailbox: Mailbox | null
  demo: Pick<Demo, 'auditor' | 'scene' | 'marks'> | null
  /** Those that there are. */
  services: readonly Service[]
}

/** The shop at one moment, in parts. The audit runs by itself while somebody looks. */
export type Picture = { look(log: Log, wanted: Wanted[]): Promise<Parts & { newest: NewestParts }> }
type Log = Pick<LogLook, 'facts' | 'away'>

/** Whoever is away does not keep the others from being shown. */
export function createPicture({ redis, ask, mailbox, demo, services }: Deps): Picture {
  const books = createBookReader(ask)
  const queues = createQueues(redis, ask, services)
  const dam = createDamReader(ask)
  const hops = createHopReader(redis, services)
  const mails = mailbox && remember(MAILS_MS, () => mailbox.list(MAILS_SHOWN))
  const newest = createNewestParts()
  const parts = createParts()
  return {
    look: async (log, wanted) => {
      const at = Date.now()
      const [lists, told] = await Promise.all([queues(at).catch(() => null), books.look(wanted, at)])
      demo?.auditor?.wake(workOf(told.counts, lists))
      if (lists !== null) demo?.marks.seeQueues(lists)
      const view: View = {
        ...{ at, facts: log.facts, logAway: log.away },
        ...{ queues: lists, orders: told.counts, orderAway: told.away, dam: dam() },
        ...{ audit: demo?.auditor?.verdict() ?? null, scene: demo?.scene() ?? null, mails: mails?.() ?? null },
        marks: demo?.marks.all() ?? [], // after the scene, which sees who has died
      }
      const { all, changed } = parts(view)
      const waits = hops(at)
      return {
        all: [...all, partOf('chart', told.chart.all), partOf('hops', waits.all)],
        changed: [
          ...changed,
          partOf('chart', told.chart.changed),
          ...(waits.changed.length > 0 ? [partOf('hops', waits.changed)] : []),
        ],
        newest: newest(told.newest),
      }
    },
  }
}

const letters = z.object({ total: z.number() })

/** Every service keeps its own dead letters; null where it cannot be asked. */
function createQueues(redis: Redis, ask: Ask, services: readonly Service[]): (now: number) => Promise<Queue[]> {
  const rates = createRates()
  const countOf = async (service: Service) =>
    letters.parse((await ask(service, '/ops/dead-letters?limit=0'))?.body).total
  const counts = new Map(services.map((service) => [service, remember(LETTERS_MS, () => countOf(service))]))
  const queueOf = async (service: Service, now: number): Promise<Queue> => {
    const state = await readQueue(redis, service)
    return { service, ...state, dead: counts.get(service)?.() ?? null, handledPerS: rates.of(state.workers, now) }
  }
  return (now) => Promise.all(services.map((service) => queueOf(service, now)))
}

/** Changes with everything that any worker has done. */
function workOf(orders: object | null, queues: Queue[] | null): string {
  const handled = queues?.map(({ workers, dead }) => [dead, ...workers.map((worker) => [worker.id, worker.handled])])
  return JSON.stringify([orders, handled])
}
