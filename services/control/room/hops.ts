import { allWorkers } from '../../../shared/protocol/workers.ts'
import type { Service } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import { createHopChart, type HopChart } from './hop-chart.ts'
import { remember } from './remember.ts'

const LOOK_MS = 450 // workers beat once a second

/** Reads how long messages wait and are worked on, from the beats of all workers. While Redis is away nothing is added. */
export function createHopReader(redis: Redis, services: readonly Service[]): (now: number) => HopChart {
  const chart = createHopChart()
  const read = async () => {
    const beats = await Promise.all(
      services.map(async (service) => [service, await allWorkers(redis, service)] as const),
    )
    chart.note(new Map(beats), Date.now())
  }
  const look = remember(LOOK_MS, read)
  return (now) => {
    look()
    return chart.draw(now)
  }
}
