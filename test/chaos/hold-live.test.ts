import { afterEach, describe, expect, it } from '@jest/globals'
import { liveOf } from '../../chaos/players.ts'
import { noReceipts } from '../../chaos/receipts.ts'
import { stock, useLive } from '../live-rig.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const PATIENCE_MS = 300
const NOBODY = 'http://127.0.0.1:1'
const live = useLive(useRedis())
const run = new AbortController()
const plan = {
  ...{ seed: 1, orders: 0, durationMs: PATIENCE_MS, settleLimitMs: 0, faults: [], edits: [], dataDir: '' },
  live: { readers: 3, sleepers: 0, alerts: 0 },
}
afterEach(() => run.abort())

describe('who watches in the chaos', () => {
  it('hears what comes when those who say something have no more patience, until the run is over', async () => {
    const shop = { url: (name: string) => (name === 'live' ? live.url : NOBODY), dataDir: live.folder }
    const held = liveOf(plan, shop, run.signal, { receipts: noReceipts() })
    await held?.done // nobody has answered them

    await live.hear(stock('MUG-001', 7, 1))

    const known = () => held?.told.readers.map(({ latest }) => latest.get('stock.changed MUG-001'))
    await until(() => known()?.every((available) => available === 7), { timeoutMs: 10_000, what: 'all to be told' })
    expect(held?.told.readers).toHaveLength(3)
    await held?.stop()
  })
})
