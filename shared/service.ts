import { pathToFileURL } from 'node:url'
import { type Config, readConfig } from './config.ts'
import { every, type Loop } from './every.ts'
import type { Figure } from './figure.ts'
import type { Handlers, Limits } from './handler.ts'
import { createHealth, type Health, type Trouble } from './health.ts'
import { createLogger, type Logger } from './logger.ts'
import type { Publish } from './protocol/outbox.ts'
import { type Pipeline, startPipeline } from './protocol/pipeline.ts'
import type { Service } from './routes.ts'
import { endInOrder } from './start/end-in-order.ts'
import { enterProgram, failStart } from './start/program.ts'
import { redisAddressOf } from './store/corner.ts'
import type { Database, Sql } from './store/database.ts'
import { remember } from './store/meta.ts'
import { type Place, placeOf } from './store/place.ts'
import { createCallDoor } from './web/accept-calls.ts'
import { createApp, type Express, listen, type RequestHandler } from './web/http.ts'
import { createMetrics } from './web/metrics.ts'
import { createNeighbours } from './web/neighbours.ts'
import { mountOps } from './web/ops.ts'

/** A program that is up: where it answers, and how to end it in good order. */
export type Running = { url: string; stop(): Promise<void> }

/** What a service is made of, beyond what all services have. */
export type Parts<S extends Service, Client extends Sql> = {
  /** Made with `publish` in hand, for a handler may note in a transaction of its own what it is about to do outside. */
  handlers(publish: Publish<Client>): Handlers<S, Client>
  /** What the world outside, that its handlers call, may be asked. */
  outside?: Limits
  /** The same for what it pops aside. */
  aside?: Limits
  /** Takes the requests for others, after all routes of our own. */
  forward?: RequestHandler
  /** Made at the start: tells what it still waits for before it is ready; null when for nothing any more. */
  awaits?(pipeline: Pipeline<Client>): () => Promise<Trouble | null>
  /** Routes beside those that every service serves about itself. */
  mount?(app: Express, pipeline: Pipeline<Client>): void
  /** Routes under `/ops`, for other programs of ours: calls that are not signed do not come so far. */
  mountOps?(app: Express): void
  /** What goes on in the background while it is up. */
  loops?(pipeline: Pipeline<Client>): Loop[]
  /** Where it listens; `OPS_PORT` where people do not come. */
  port?: number
  /** Programs of ours that forward to it, by their URLs: they are believed for whom they ask. */
  neighbours?: string[]
  /** What it counts of its own, beside what all do. */
  figures?(): Figure[]
  /** Ends streams, which would hold the server open. */
  beforeClose?(): void | Promise<void>
  /** Lets go of what the handlers used. */
  afterClose?(): void
}

/** Starts a service: its file, its end of the pipeline, its pages about itself, and whatever `build` adds to them. */
export async function startService<S extends Service, Client extends Sql>(
  service: S,
  config: Config,
  open: (place: Place) => Promise<Database<Client>>,
  build: (db: Database<Client>, log: Logger, health: Health) => Parts<S, Client> | Promise<Parts<S, Client>>,
): Promise<Running> {
  const log = createLogger(service, config.LOG_LEVEL)
  const db = await open(placeOf(config))
  const health = createHealth(log)
  const calls = createCallDoor({ name: service, secret: config.CALL_SECRET, log })
  const parts = await build(db, log, health)
  const { handlers, outside, aside, port = config.OPS_PORT } = parts
  const pipeline = await startPipeline({
    ...{ service, address: redisAddressOf(config), db, health, shards: config.SHARDS },
    ...{ handlers, outside, aside },
  })
  db.watch(health.watch('database'))
  const background = [...(parts.loops?.(pipeline) ?? []), probing(db, health)]
  const mountAll = mountingAll(parts, { db, pipeline, health, calls })
  const isNeighbour = createNeighbours(parts.neighbours ?? [])
  const app = createApp(log, mountAll, { proxies: config.TRUST_PROXY, isNeighbour })
  const server = await listen(app, port, config.HOST, config.ADVERTISE_URL)
  calls.answerAt(server.url)
  pipeline.worker.announce(server.url)
  return {
    url: server.url,
    stop: async () => {
      await parts.beforeClose?.()
      await server.close() // first, so that what is still being accepted is pushed, too
      await Promise.all(background.map((loop) => loop.stop()))
      await pipeline.stop()
      parts.afterClose?.()
      await db.close()
    },
  }
}

type Inside<Client extends Sql> = Omit<Parameters<typeof mountOps<Client>>[1], 'metrics' | 'awaits'>

/** Its own routes first, then what every service tells about itself, then what it forwards. */
function mountingAll<S extends Service, Client extends Sql>(parts: Parts<S, Client>, inside: Inside<Client>) {
  const { db, pipeline } = inside
  const own = parts.figures?.() ?? []
  const metrics = createMetrics({ service: pipeline.service, pipeline, read: db.read, own })
  return (routes: Express) => {
    parts.mount?.(routes, pipeline)
    mountOps(routes, { ...inside, metrics, awaits: parts.awaits?.(pipeline) })
    parts.mountOps?.(routes) // behind the door for calls
    if (parts.forward) routes.use(parts.forward)
  }
}

const PROBE_MS = 1_000

/** While nothing can be written nobody may try: this tells when it works again. */
function probing<Client extends Sql>(db: Database<Client>, health: Health): Loop {
  return every(PROBE_MS, 'database', health, async () => {
    if (db.failure() !== null) await db.write((tx) => remember(tx, 'probe', String(Date.now())))
  })
}

type Start = (config: Config) => Promise<Running>

/** Runs a program if `module` is the file Node was started with. */
export async function runAsMain(module: string, name: string, start: Start): Promise<void> {
  if (module === pathToFileURL(process.argv[1] ?? '').href) await runProgram(name, start)
}

/**
 * Runs a program as this process's only job: tells the launcher when it is ready, and ends in good order on SIGTERM,
 * on Ctrl-C or Ctrl-\, or when the launcher is gone.
 */
export async function runProgram(name: string, start: Start): Promise<void> {
  try {
    const config = readConfig(undefined, name)
    enterProgram(name, config)
    const running = await start(config)
    endInOrder(name, running.stop)
    createLogger(name, 'info').info({ url: running.url }, 'ready')
    process.send?.({ type: 'ready', url: running.url })
  } catch (error) {
    failStart(name, error)
  }
}
