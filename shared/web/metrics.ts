import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Figure } from '../figure.ts'
import { countLetters } from '../protocol/dead-letters.ts'
import type { Pipeline } from '../protocol/pipeline.ts'
import type { Service } from '../routes.ts'
import type { Sql } from '../store/sql.ts'

/** The Prometheus text of one program: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export type Metrics = { contentType: string; text(): Promise<string> }

const LAG_SAMPLE_MS = 500 // each sample wakes the process up; every 10 ms, as is the default, costs more than all else when idle

type Value = Figure['value']

/** What any program counts: its memory, its CPU time, how long its event loop is held up; and what `own` says of it. */
export function createProcessMetrics(program: string, own: Figure[]): Metrics {
  const registry = registryOf(program)
  for (const { name, help, value } of own) addGauge(registry, name, help, value)
  return metricsOf(registry)
}

type Parts<Client> = { service: Service; pipeline: Pipeline<Client>; read: Sql; own: Figure[] }

/** Numbers are read when they are asked for, so that counting costs the hot path nothing. */
export function createMetrics<Client extends Sql>({ service, pipeline, read, own }: Parts<Client>): Metrics {
  const registry = registryOf(service)
  const gauge = (name: string, help: string, value: Value) => addGauge(registry, name, help, value)
  const { worker, producer } = pipeline
  gauge('messages_handled', 'Messages applied since start', () => worker.state().handled)
  gauge('messages_retried', 'Attempts that failed and were put off', () => worker.state().retried)
  gauge('messages_buried', 'Messages given up since start', () => worker.state().buried)
  gauge('messages_in_flight', 'Messages in memory now', () => worker.state().inFlight)
  gauge('outbox_repushed', 'Messages pushed again since start', () => producer.repushed())
  gauge('outbox_rows', 'Messages sent that wait for their final word', () => outboxSize(read))
  for (const { name, help, value } of [...worker.figures(), ...own]) gauge(name, help, value)
  gauge('dead_letters', 'Dead letters that wait for a person', () => countLetters(read))
  return metricsOf(registry)
}

function registryOf(program: string): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ service: program })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS })
  return registry
}

function addGauge(registry: Registry, name: string, help: string, value: Value): void {
  new Gauge({
    name: `orderline_${name}`,
    help,
    registers: [registry],
    async collect() {
      this.set(await value())
    },
  })
}

function metricsOf(registry: Registry): Metrics {
  return { contentType: registry.contentType, text: () => registry.metrics() }
}

async function outboxSize(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`SELECT COUNT(*) AS count FROM "Outbox"`
  return row?.count ?? 0
}
