import type { Contest, Figures, Round } from './contest.ts'
import type { LoadFigures } from './load.ts'
import { countPaid, whenAtRest } from './order-books.ts'
import { countBetween } from './peaks/calls.ts'
import { withGateway } from './peaks/with-gateway.ts'
import { GATEWAY_PER_SECOND } from './peaks.ts'
import { startProcess } from './process.ts'
import { startShop } from './shop.ts'

const OURS = 'Orderline'

/** What a shop brings that is asked for three times what it can. */
export const peaksOverload: Contest = {
  name: 'peaks-overload',
  what:
    'The whole shop of npm start, a gateway that takes 100 calls a second, and 300 orders a second. Who would wait for longer ' +
    'than 10 s is refused and told when to come again. Goodput: payments a second, by the gateway’s ledger, from the fifth ' +
    'second of the load to its last, as a share of what the gateway takes. Unfinished: orders accepted and not paid in the end.',
  units: { goodput: '', accepted: 'orders', unfinished: 'orders', refused: 'orders', refusedWithoutTime: 'orders' },
  size: 12_000, // 40 s of it
  quickSize: 3_000,
  rounds: 3,
  contestants: [{ name: OURS, play }],
  goals: [
    { figure: 'goodput', ours: OURS, atLeast: 0.9 },
    { figure: 'unfinished', ours: OURS, atMost: 0 },
    { figure: 'refusedWithoutTime', ours: OURS, atMost: 0 },
  ],
}

const TIMES = 3
const PROMISE_MS = 10_000
const WARM_UP_MS = 5_000

async function play({ folder, size }: Round): Promise<Figures> {
  const { found, calls } = await withGateway(folder, GATEWAY_PER_SECOND, (gateway) => overload(folder, size, gateway))
  const { sinceMs, untilMs, accepted, refused, untold, paid } = found
  const fromMs = sinceMs + WARM_UP_MS
  const finished = countBetween(calls.taken, fromMs, untilMs)
  const goodput = finished / (((untilMs - fromMs) / 1_000) * GATEWAY_PER_SECOND)
  return { goodput, accepted, unfinished: accepted - paid, refused, refusedWithoutTime: untold }
}

async function overload(folder: string, count: number, gateway: Record<string, string>) {
  const limits = { GATEWAY_RATE: String(GATEWAY_PER_SECOND), PROMISE_MS: String(PROMISE_MS) }
  const shop = await startShop(folder, { ...gateway, ...limits })
  const load = await startProcess('load.js', {})
  try {
    const orders = { url: `${shop.url}/api/orders`, count, mayRefuse: true, perSecond: TIMES * GATEWAY_PER_SECOND }
    const sinceMs = Date.now()
    const { accepted, refused, untold } = await load.ask<LoadFigures>('openLoop', orders)
    const untilMs = Date.now()
    await whenAtRest(folder)
    return { sinceMs, untilMs, accepted, refused, untold, paid: countPaid(folder) }
  } finally {
    await load.stop()
    await shop.stop()
  }
}
