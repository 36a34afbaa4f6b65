import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { countLetters } from '../protocol/dead-letters.ts'
import type { Pipeline } from '../protocol/pipeline.ts'
import type { Service } from '../routes.ts'
import type { Sql } from '../store/sql.ts'

/** The Prometheus text of one service: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export type Metrics = { contentType: string; text(): Promise<string> }

const LAG_SAMPLE_MS = 250 // each sample wakes the process up; every 10 ms, as is the default, costs more than all else when idle

/** Numbers are read when they are asked for, so that counting costs the hot path nothing. */
export function createMetrics<Client extends Sql>(service: Service, pipeline: Pipeline<Client>, read: Sql): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS })
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name: `orderline_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await value())
      },
    })
  const { worker, producer } = pipeline
  gauge('messages_handled', 'Messages applied since start', () => worker.state().handled)
  gauge('messages_retried', 'Attempts that failed and were put off', () => worker.state().retried)
  gauge('messages_buried', 'Messages given up since start', () => worker.state().buried)
  gauge('messages_in_flight', 'Messages in memory now', () => worker.state().inFlight)
  gauge('outbox_repushed', 'Messages pushed again since start', () => producer.repushed())
  gauge('outbox_rows', 'Messages sent that wait for their final word', () => outboxSize(read))
  gauge('dead_letters', 'Dead letters that wait for a person', () => countLetters(read))
  return { contentType: registry.contentType, text: () => registry.metrics() }
}

async function outboxSize(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`SELECT COUNT(*) AS count FROM "Outbox"`
  return row?.count ?? 0
}
