import type { Gauge, Registry } from 'prom-client'
import type { Figure } from '../figure.ts'
import { once } from '../once.ts'
import { countLetters } from '../protocol/dead-letters.ts'
import type { Pipeline } from '../protocol/pipeline.ts'
import type { Service } from '../routes.ts'
import type { Sql } from '../store/sql.ts'

/**
 * Reads the Prometheus text of one program: https://prometheus.io/docs/instrumenting/exposition_formats/ What is counted from
 * moment to moment, as how long the event loop is held up, is counted from when somebody first asks: nobody else pays for it.
 */
export type Metrics = () => Promise<{ contentType: string; text: string }>

const LAG_SAMPLE_MS = 500 // each sample wakes the process up; every 10 ms, as is the default, costs more than all else when idle

/** What any program counts: its memory, its CPU time, how long its event loop is held up; and what `own` says of it. */
export function createProcessMetrics(program: string, own: Figure[]): Metrics {
  const open = once(() => registryOf(program, own))
  return async () => {
    const registry = await open()
    return { contentType: registry.contentType, text: await registry.metrics() }
  }
}

type Parts<Client> = { service: Service; pipeline: Pipeline<Client>; read: Sql; own: Figure[] }

/** Numbers are read when they are asked for, so that counting costs the hot path nothing. */
export function createMetrics<Client extends Sql>({ service, pipeline, read, own }: Parts<Client>): Metrics {
  const { worker, producer } = pipeline
  const figure = (name: string, help: string, value: Figure['value']): Figure => ({ name, help, value })
  return createProcessMetrics(service, [
    figure('messages_handled', 'Messages applied since start', () => worker.state().handled),
    figure('messages_retried', 'Attempts that failed and were put off', () => worker.state().retried),
    figure('messages_buried', 'Messages given up since start', () => worker.state().buried),
    figure('messages_in_flight', 'Messages in memory now', () => worker.state().inFlight),
    figure('outbox_repushed', 'Messages pushed again since start', () => producer.repushed()),
    figure('outbox_rows', 'Messages sent that wait for their final word', () => outboxSize(read)),
    ...worker.figures(),
    ...own,
    figure('dead_letters', 'Dead letters that wait for a person', () => countLetters(read)),
  ])
}

async function registryOf(program: string, figures: Figure[]): Promise<Registry> {
  const { collectDefaultMetrics, Gauge, Registry } = await import('prom-client')
  const registry = new Registry()
  registry.setDefaultLabels({ service: program })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS })
  for (const figure of figures) new Gauge({ ...asGauge(figure), registers: [registry] })
  return registry
}

const asGauge = ({ name, help, value }: Figure) => ({
  ...{ name: `orderline_${name}`, help },
  async collect(this: Gauge) {
    this.set(await value())
  },
})

async function outboxSize(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`SELECT COUNT(*) AS count FROM "Outbox"`
  return row?.count ?? 0
}
