import type { Express } from './http.ts'
import type { Metrics } from './metrics.ts'

/** What a program finds when it looks at itself, by name; it can work while `isReady`. */
export type Readiness = { isReady: boolean; checks: Record<string, boolean> }

/** The routes every program serves about itself: is it up, can it work, what has it counted. */
export function mountHealth(app: Express, metrics: Metrics, readiness: () => Promise<Readiness>): void {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  app.get('/readyz', async (_req, res) => {
    const { isReady, checks } = await readiness()
    res.status(isReady ? 200 : 503).json(checks)
  })
  app.get('/metrics', async (_req, res) => void res.type(metrics.contentType).send(await metrics.text()))
}
