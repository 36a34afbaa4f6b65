import { Connections } from './connections.ts'
import { type Answer, postOf } from './http-connection.ts'
import { orderBody } from './order-bodies.ts'
import { paced } from './pace.ts'
import { serve } from './serve.ts'
import { percentile } from './stats.ts'

/** Where to post orders, how many, over how many connections; `from` is the number of the first. */
export type Load = { url: string; count: number; connections?: number; from?: number }
/** `ownCpu` is the share of a core that making the load has taken. */
export type LoadFigures = { perSecond: number; p50Ms: number; p99Ms: number; ownCpu: number }

const CONNECTIONS = 64
const OWN_CPU_MAX = 0.8 // beyond this it would be we who are measured

// A process of its own, so that making the load does not slow down who bears it.
serve({ closedLoop, openLoop }, async () => {})

/** As many at once as there are connections; each sends its next request when it has its answer. */
function closedLoop(load: Load): Promise<LoadFigures> {
  return measured(load, async (requests, connections) => {
    const latenciesMs: number[] = []
    let next = 0
    const customers = connections.all.map(async (connection) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const sinceMs = performance.now()
        requireAccepted(await connection.send(request))
        latenciesMs.push(performance.now() - sinceMs)
      }
    })
    await Promise.all(customers)
    return latenciesMs
  })
}

/**
 * So many a second, whether or not the earlier ones have been answered. Latency is counted from when a request
 * should have been sent, so that waiting for a connection is part of it.
 */
function openLoop({ perSecond, ...load }: Load & { perSecond: number }): Promise<LoadFigures> {
  return measured(load, (requests, connections) =>
    paced(requests.length, perSecond, async (i, dueMs) => {
      requireAccepted(await connections.send(requests[i] ?? Buffer.of()))
      return performance.now() - dueMs
    }),
  )
}

type Play = (requests: Buffer[], connections: Connections) => Promise<number[]>

async function measured({ url, count, connections = CONNECTIONS, from = 0 }: Load, play: Play): Promise<LoadFigures> {
  const requests = Array.from({ length: count }, (_, i) => postOf(url, orderBody(from + i)))
  const open = await Connections.open(url, connections)
  const cpu = process.cpuUsage()
  const startMs = performance.now()
  const latenciesMs = await play(requests, open).finally(() => open.close())
  const tookMs = performance.now() - startMs
  const { user, system } = process.cpuUsage(cpu)
  return figures(latenciesMs, tookMs, (user + system) / 1_000 / tookMs)
}

function figures(latenciesMs: number[], tookMs: number, ownCpu: number): LoadFigures {
  if (ownCpu > OWN_CPU_MAX) throw new Error(`making the load took ${Math.round(ownCpu * 100)} % of a core: too much`)
  const [p50Ms, p99Ms] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99)]
  return { perSecond: (latenciesMs.length / tookMs) * 1_000, p50Ms, p99Ms, ownCpu }
}

function requireAccepted({ status, body }: Answer): void {
  if (status !== 201) throw new Error(`an order was answered with ${status}: ${body}`)
}
