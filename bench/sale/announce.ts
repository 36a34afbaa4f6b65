import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Admin } from '../desk.ts'

/** `payWithinMs` is how long a unit is kept for somebody who does not pay. */
export type Terms = { units: number; payWithinMs?: number }

const OPEN_LIMIT_MS = 30_000
const LOOK_EVERY_MS = 50
const LASTS_MS = 60 * 60_000 // longer than any round
const SKU = 'MUG-001' // of which there are tens of thousands

const sale = z.object({ id: z.string(), state: z.string(), free: z.int(), held: z.int() })

/** Announces a flash sale that opens at once. Resolves with its id when its units are set aside and anybody may join. */
export async function announceSale(
  door: string,
  admin: Admin,
  { units, payWithinMs = 300_000 }: Terms,
): Promise<string> {
  const times = { endsAt: Date.now() + LASTS_MS, payWithinMs }
  const terms = { kind: 'flash', sku: SKU, units, priceCents: 900, ...times }
  const { id } = sale.parse(await admin('POST', '/api/admin/sales', terms, randomUUID()))
  await untilGranted(`${door}/api/sales/${id}`, units)
  return id
}

async function untilGranted(url: string, units: number): Promise<void> {
  const isGranted = async () => {
    const { state, free, held } = await lookAt(url)
    return state === 'open' && free + held === units
  }
  for (const untilMs = performance.now() + OPEN_LIMIT_MS; !(await isGranted()); await delay(LOOK_EVERY_MS))
    if (performance.now() > untilMs) throw new Error(`${url} does not open`)
}

async function lookAt(url: string): Promise<z.infer<typeof sale>> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered with ${response.status}: ${await response.text()}`)
  return sale.parse(await response.json())
}
