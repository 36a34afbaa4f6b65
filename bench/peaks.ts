import type { Contest, Figures, Round } from './contest.ts'
import type { LoadFigures } from './load.ts'
import { booksIn, PAID } from './order-books.ts'
import { callFigures } from './peaks/calls.ts'
import { ofBullmq, ofTutorial, type Payers } from './peaks/payers.ts'
import { withGateway } from './peaks/with-gateway.ts'
import { startProcess } from './process.ts'
import { startShop } from './shop.ts'
import { untilThere } from './until-there.ts'

export const GATEWAY_PER_SECOND = 100
const OURS = 'Orderline, the whole shop of npm start'
const PACE = { GATEWAY_RATE: String(GATEWAY_PER_SECOND) }

/** Whether a peak of orders is flat when it reaches the gateway. */
export const peaks: Contest = {
  name: 'peaks',
  what:
    '5,000 orders for a gateway that takes 100 calls a second, a second’s worth of them at once, and answers 429 to all others: ' +
    'to ours within 5 s by POST /api/orders; of the peers only who charges works, with all orders in that queue, which spares ' +
    'them all else. From the first order to the last payment in the gateway’s ledger; 429s by its log; and the most payments ' +
    'within any one second.',
  units: { drainSeconds: 's', refusedFirstSecond: '429s', refusedLater: '429s', busiestSecond: 'payments/s' },
  size: 5_000,
  quickSize: 500,
  rounds: 3,
  contestants: [
    { name: OURS, play: (round) => inShop(round, PACE) },
    { name: 'Orderline that is told no pace', play: (round) => inShop(round, {}) },
    { name: 'BullMQ with its limiter', play: (round) => atGateway(round, ofBullmq, PACE) },
    { name: 'the tutorial’s loop, four workers straight at it', play: (round) => atGateway(round, ofTutorial, {}) },
  ],
  goals: [
    { figure: 'drainSeconds', ours: OURS, atLeast: 45, atMost: 55 },
    { figure: 'refusedLater', ours: OURS, atMost: 0 },
  ],
}

const ORDERS_PER_SECOND = 1_000

async function inShop({ folder, size }: Round, pace: Record<string, string>): Promise<Figures> {
  const { found: sinceMs, calls } = await withGateway(folder, GATEWAY_PER_SECOND, async (gateway) => {
    const shop = await startShop(folder, { ...gateway, ...pace })
    const load = await startProcess('load.js', {})
    try {
      const sinceMs = Date.now()
      const orders = { url: `${shop.url}/api/orders`, count: size, perSecond: ORDERS_PER_SECOND }
      await load.ask<LoadFigures>('openLoop', orders)
      await untilThere(booksIn(folder), PAID, size)
      return sinceMs
    } finally {
      await load.stop()
      await shop.stop()
    }
  })
  return callFigures(calls, sinceMs)
}

async function atGateway(round: Round, payers: Payers, pace: Record<string, string>): Promise<Figures> {
  const { found: sinceMs, calls } = await withGateway(round.folder, GATEWAY_PER_SECOND, (gateway) =>
    payers(round, { ...gateway, ...pace }),
  )
  return callFigures(calls, sinceMs)
}
