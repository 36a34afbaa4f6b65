import { Connections } from './connections.ts'
import { entryBody } from './entry-bodies.ts'
import { type Answer, postOf, retryAfterS } from './http-connection.ts'
import { orderBody } from './order-bodies.ts'
import { paced } from './pace.ts'
import { serve } from './serve.ts'
import { percentile } from './stats.ts'

/**
 * Where to post orders, or entries of a sale, how many, over how many connections; `from` is the number of the first. A refusal
 * that says when to come again, 429 or 503, ends the load unless `mayRefuse`.
 */
export type Load = {
  url: string
  count: number
  connections?: number
  from?: number
  of?: keyof typeof kinds
  mayRefuse?: boolean
}
/** Of what was accepted. `ownCpu` is the share of a core that making the load has taken; `untold` were refused without a time. */
export type LoadFigures = {
  perSecond: number
  p50Ms: number
  p99Ms: number
  ownCpu: number
  accepted: number
  refused: number
  untold: number
}

const kinds = { orders: { bodyOf: orderBody, status: 201 }, entries: { bodyOf: entryBody, status: 202 } }

const CONNECTIONS = 64
const OWN_CPU_MAX = 0.8 // beyond this it would be we who are measured

// A process of its own, so that making the load does not slow down who bears it.
serve({ closedLoop, openLoop }, async () => {})

/** As many at once as there are connections; each sends its next request when it has its answer. */
function closedLoop(load: Load): Promise<LoadFigures> {
  return measured(load, async (requests, connections, hear) => {
    let next = 0
    const customers = connections.all.map(async (connection) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const sinceMs = performance.now()
        hear(await connection.send(request), sinceMs)
      }
    })
    await Promise.all(customers)
  })
}

/**
 * So many a second, whether or not the earlier ones have been answered. Latency is counted from when a request
 * should have been sent, so that waiting for a connection is part of it.
 */
function openLoop({ perSecond, ...load }: Load & { perSecond: number }): Promise<LoadFigures> {
  return measured(load, async (requests, connections, hear) => {
    await paced(requests.length, perSecond, async (i, dueMs) => {
      hear(await connections.send(requests[i] ?? Buffer.of()), dueMs)
    })
  })
}

type Hear = (answer: Answer, sinceMs: number) => void
type Play = (requests: Buffer[], connections: Connections, hear: Hear) => Promise<void>
type Heard = { latenciesMs: number[]; refused: number; untold: number }

async function measured(load: Load, play: Play): Promise<LoadFigures> {
  const { url, count, connections = CONNECTIONS, from = 0, of = 'orders' } = load
  const requests = Array.from({ length: count }, (_, i) => postOf(url, kinds[of].bodyOf(from + i)))
  const open = await Connections.open(url, connections)
  const heard: Heard = { latenciesMs: [], refused: 0, untold: 0 }
  const cpu = process.cpuUsage()
  const startMs = performance.now()
  await play(requests, open, hearing(load, heard)).finally(() => open.close())
  const tookMs = performance.now() - startMs
  const { user, system } = process.cpuUsage(cpu)
  return figures(heard, tookMs, (user + system) / 1_000 / tookMs)
}

function hearing({ of = 'orders', mayRefuse = false }: Load, heard: Heard): Hear {
  return (answer, sinceMs) => {
    if (answer.status === kinds[of].status) heard.latenciesMs.push(performance.now() - sinceMs)
    else if (mayRefuse && (answer.status === 429 || answer.status === 503)) noteRefusal(answer, heard)
    else throw new Error(`one of the ${of} was answered with ${answer.status}: ${answer.body}`)
  }
}

function noteRefusal(answer: Answer, heard: Heard): void {
  heard.refused++
  if (retryAfterS(answer) === undefined) heard.untold++
}

function figures({ latenciesMs, refused, untold }: Heard, tookMs: number, ownCpu: number): LoadFigures {
  if (ownCpu > OWN_CPU_MAX) throw new Error(`making the load took ${Math.round(ownCpu * 100)} % of a core: too much`)
  const accepted = latenciesMs.length
  const [p50Ms, p99Ms] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99)]
  return { perSecond: (accepted / tookMs) * 1_000, p50Ms, p99Ms, ownCpu, accepted, refused, untold }
}
