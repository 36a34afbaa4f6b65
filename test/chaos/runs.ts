import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ARMED } from '../../chaos/crash-points.ts'
import type { Plan } from '../../chaos/plan.ts'
import { type ChaosReport, runChaos } from '../../chaos/run-chaos.ts'

/** One chaos run in a folder of its own, with all crash points sharp; the folder is gone afterwards. */
export async function shortRun(
  plan: Partial<Plan>,
  see: (report: ChaosReport) => void = () => {},
): Promise<ChaosReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'orderline-chaos-test-'))
  const onOpen = () => writeFileSync(join(dataDir, ARMED), '')
  try {
    const whole = { ...SMALL, ...plan, dataDir, onOpen }
    const report = await runChaos(whole, new AbortController().signal)
    see(report)
    return report
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const SMALL = {
  seed: 1,
  orders: 30,
  durationMs: 1_500,
  faults: [],
  edits: [],
  settleLimitMs: 60_000,
  payWithinMs: 4_000,
}
