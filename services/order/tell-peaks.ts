import type { Express } from '../../shared/web/http.ts'
import type { Peaks } from '../../shared/web/peaks.ts'
import type { Shedding } from '../../shared/web/shed.ts'
import type { Outlook } from './outlook.ts'

/** `GET /ops/peaks`, for other programs of ours: what waits on the way to the money, and what was refused for it. */
export function mountPeaks(app: Express, outlook: Outlook, { counts, load }: Shedding): void {
  app.get('/ops/peaks', (_req, res) => {
    const { delayMs, promiseMs } = load()
    const { waitsMs } = outlook.wait()
    const hops = outlook.hops().map(({ callMs: _, isManned, ...hop }, i) => {
      const rates = { inPerS: tenth(hop.inPerS), outPerS: tenth(hop.outPerS), canPerS: tenth(hop.canPerS) }
      return { ...hop, ...rates, waitMs: isManned ? Math.round(waitsMs[i] ?? 0) : null }
    })
    const told = { hops, expectedPaidInMs: outlook.paidInMs(), promiseMs, delayMs: Math.round(delayMs), shed: counts }
    res.json(told satisfies Peaks)
  })
}

const tenth = (rate: number) => Math.round(10 * rate) / 10
