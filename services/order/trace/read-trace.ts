import { type Service, services } from '../../../shared/routes.ts'
import { findSent, type Sent } from './find-sent.ts'
import { hearLog, type LogLine } from './hear-log.ts'
import { type Deps as Asked, type Heard, hearReceiver } from './hear-receivers.ts'
import { tellHop } from './tell-hop.ts'
import type { Trace } from './trace-answer.ts'

/** `present` are the services of this shop. */
export type Deps = Asked & { present: readonly Service[] }

/** Reads how an order has travelled: from our own disk, from whoever hears of it, and from the log. */
export async function readTrace(orderId: string, deps: Deps): Promise<Trace> {
  const sent = await findSent(deps.read, orderId, deps.present)
  const receivers = [...new Set(sent.map(({ to }) => to))]
  const [log, ...heard] = await Promise.all([
    deps.present.includes('logs') ? hearLog(deps.ask, orderId) : null,
    ...receivers.map((to) => hearReceiver(to, idsTo(to, sent), deps)),
  ])
  return put(sent, log, new Map(receivers.map((to, i) => [to, heard[i] ?? NOTHING])))
}

const NOTHING: Heard = { handled: null, queue: null }
const idsTo = (to: Service, sent: Sent[]) => sent.filter((one) => one.to === to).map(({ messageId }) => messageId)

function put(sent: Sent[], log: LogLine[] | null, heard: Map<Service, Heard>): Trace {
  const at = Date.now()
  const met = new Set(sent.flatMap(({ from, to }) => [from, to]))
  return {
    at,
    services: services.filter((service) => met.has(service)),
    hops: sent.map((one) => tellHop(one, log, heard.get(one.to) ?? NOTHING, at)),
    isLogHere: log !== null,
    silent: [...heard].filter(([, { handled }]) => handled === null).map(([service]) => service),
  }
}
