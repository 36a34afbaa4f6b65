import type { Express } from '../../shared/web/http.ts'
import type { Shedding } from '../../shared/web/shed.ts'
import type { Outlook } from './outlook.ts'

/** `GET /ops/peaks`, for other programs of ours: what waits on the way to the money, and what was refused for it. */
export function mountPeaks(app: Express, outlook: Outlook, { counts, load }: Shedding): void {
  app.get('/ops/peaks', (_req, res) => {
    const { delayMs, promiseMs } = load()
    const { waitsMs } = outlook.wait()
    const hops = outlook.hops().map(({ callMs: _, isManned, ...hop }, i) => {
      return { ...hop, waitMs: isManned ? (waitsMs[i] ?? null) : null }
    })
    res.json({ hops, expectedPaidInMs: outlook.paidInMs(), promiseMs, delayMs, shed: counts })
  })
}
