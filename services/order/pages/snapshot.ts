import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from '../../../shared/redis.ts'
import { type Service, services } from '../../../shared/routes.ts'
import type { Letters } from '../admin/letters.ts'
import { countByState } from '../admin/list-orders.ts'
import { type QueueState, readQueue } from '../admin/queue-state.ts'
import type { Client } from '../db.ts'
import type { State } from '../order.ts'
import type { Auditor, Verdict } from './audit-in-child.ts'
import { type Chart, createChart } from './chart.ts'
import type { Demo, Scene } from './demo.ts'
import type { Fact, LogTail } from './log-tail.ts'
import { createRates } from './rates.ts'

const LETTERS_LIMIT_MS = 300 // a service that does not answer must not hold the picture back

export type Queue = QueueState & { service: Service; dead: number | null; handledPerS: Record<string, number> }

/** The shop at one moment. `queues` is null while Redis is away; the rest goes on. */
export type Snapshot = {
  at: number
  queues: Queue[] | null
  orders: Record<State, number>
  chart: Chart
  facts: Record<string, Fact>
  audit: Verdict | null
  scene: Scene | null
}

type Deps = {
  redis: Redis
  read: Client
  letters: Letters
  tail: LogTail
  auditor: Auditor | null
  demo: Demo | null
}

/** Returns what takes a snapshot. The audit runs by itself while snapshots are taken. */
export function createSnapshots({ redis, read, letters, tail, auditor, demo }: Deps): () => Promise<Snapshot> {
  const chart = createChart(read)
  const rates = createRates()
  const queueOf = async (service: Service): Promise<Queue> => {
    const now = Date.now()
    const [state, kept] = await Promise.all([readQueue(redis, service, now), inTime(letters.read(service, 0))])
    return { service, ...state, dead: kept?.total ?? null, handledPerS: rates.of(state.workers, now) }
  }
  return async () => {
    auditor?.wake()
    const [queues, orders, drawn, scene] = await Promise.all([
      Promise.all(services.map(queueOf)).catch(() => null),
      countByState(read),
      chart.draw(Date.now()),
      demo?.scene() ?? null,
    ])
    const audit = auditor?.verdict() ?? null
    return { at: Date.now(), queues, orders, chart: drawn, facts: tail.lastFacts(), audit, scene }
  }
}

function inTime<T>(asked: Promise<T>): Promise<T | null> {
  return Promise.race([asked.catch(() => null), delay(LETTERS_LIMIT_MS, null, { ref: false })])
}
