import type { Health, Trouble } from '../health.ts'
import type { Express } from './http.ts'
import type { Metrics } from './metrics.ts'

/** What a program finds when it looks at itself, by name. */
export type Checks = Record<string, boolean>

/**
 * The routes every program serves about itself: is it up, can it work, what has it counted. It is ready when nothing
 * fails and it waits for nothing, and else says what, and why. Who needs one thing only asks for that: orders are taken while Redis is away, so a
 * balancer in front of order asks `/readyz?only=database`.
 */
export function mountHealth(
  app: Express,
  metrics: Metrics,
  health: Health,
  look: () => Promise<Checks>,
  awaits: () => Promise<Trouble | null> = async () => null,
): void {
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  app.get('/readyz', async (req, res) => {
    const [checks, awaited] = await Promise.all([look(), awaits()])
    const troubles = [...health.troubles(), ...(awaited === null ? [] : [awaited])]
    const ready = troubles.length === 0 && Object.values(checks).every(Boolean)
    const isGood = checks[String(req.query.only)] ?? ready
    res.status(isGood ? 200 : 503).json({ ready, ...checks, troubles })
  })
  app.get('/metrics', async (_req, res) => {
    const { contentType, text } = await metrics()
    res.type(contentType).send(text)
  })
}
