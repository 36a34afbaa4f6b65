import type { Config } from '../../shared/config.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { awardPoints, takePointsBack } from './award-points.ts'
import { openLoyalty } from './db.ts'

/** The loyalty service gives points for what is paid. All that it knows it has heard. */
export function start(config: Config): Promise<Running> {
  return startService('loyalty', config, openLoyalty, (db) => ({
    handlers: () => ({ 'payment.captured': awardPoints, 'payment.refunded': takePointsBack }),
    mount: (app) => {
      app.get('/points', async (_req, res) => {
        const { _count: orders, _sum: sum } = await db.read.award.aggregate({ _count: true, _sum: { points: true } })
        res.json({ orders, points: sum.points ?? 0 })
      })
    },
  }))
}

await runAsMain(import.meta.url, 'loyalty', start)
