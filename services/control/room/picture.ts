import { z } from 'zod'
import { countLetters } from '../../../shared/protocol/dead-letters.ts'
import { type Service, services } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Mailbox } from '../../../shared/web/mailbox.ts'
import type { Client } from '../../order/db.ts'
import { countByState } from '../../order/list-orders.ts'
import { createAsk } from '../queues/ask-service.ts'
import { type QueueState, readQueue } from '../queues/queue-state.ts'
import type { Auditor } from './audit-in-child.ts'
import { createChart } from './chart.ts'
import type { Fact } from './log-tail.ts'
import { createParts, type Parts, partOf } from './parts.ts'
import { createRates } from './rates.ts'
import { remember } from './remember.ts'
import type { Scene } from './scene.ts'

const LETTERS_MS = 900 // at each second look
const MAILS_MS = 1_900 // at each fourth
const MAILS_SHOWN = 8

type Queue = QueueState & { service: Service; dead: number | null; handledPerS: Record<string, number> }

type Deps = {
  redis: Redis
  read: Client
  adminToken: string | undefined
  auditor: Auditor | null
  scene: (() => Scene) | null
  mailbox: Mailbox | null
}

/** The shop at one moment, in parts. The audit runs by itself while somebody looks. */
export type Picture = { look(facts: Record<string, Fact>): Promise<Parts> }

export function createPicture({ redis, read, adminToken, auditor, scene, mailbox }: Deps): Picture {
  const chart = createChart(read)
  const queues = createQueues({ redis, read, adminToken })
  const mails = mailbox && remember(MAILS_MS, () => mailbox.list(MAILS_SHOWN))
  const parts = createParts()
  return {
    look: async (facts) => {
      const at = Date.now()
      // Redis may be away; the rest goes on.
      const [lists, orders, drawn] = await Promise.all([
        queues(at).catch(() => null),
        countByState(read),
        chart.draw(at),
      ])
      auditor?.wake(workOf(orders, lists))
      const audit = auditor?.verdict() ?? null
      const { all, changed } = parts({
        at,
        queues: lists,
        orders,
        facts,
        audit,
        scene: scene?.() ?? null,
        mails: mails?.(),
      })
      return { all: [...all, partOf('chart', drawn.all)], changed: [...changed, partOf('chart', drawn.changed)] }
    },
  }
}

const letters = z.object({ total: z.number() })

/** Every service keeps its own dead letters; null where it cannot be asked. */
function createQueues({ redis, read, adminToken }: Pick<Deps, 'redis' | 'read' | 'adminToken'>) {
  const ask = createAsk(redis, adminToken)
  const rates = createRates()
  const countOf = async (service: Service) =>
    service === 'order'
      ? countLetters(read)
      : letters.parse((await ask(service, '/ops/dead-letters?limit=0'))?.body).total
  const counts = new Map(services.map((service) => [service, remember(LETTERS_MS, () => countOf(service))]))
  const queueOf = async (service: Service, now: number): Promise<Queue> => {
    const state = await readQueue(redis, service, now)
    return { service, ...state, dead: counts.get(service)?.() ?? null, handledPerS: rates.of(state.workers, now) }
  }
  return (now: number) => Promise.all(services.map((service) => queueOf(service, now)))
}

/** Changes with everything that any worker has done. */
function workOf(orders: object, queues: Queue[] | null): string {
  const handled = queues?.map(({ workers, dead }) => [dead, ...workers.map((worker) => [worker.id, worker.handled])])
  return JSON.stringify([orders, handled])
}
