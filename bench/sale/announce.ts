import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

/** Where sales are announced, and by whom. */
export type Desk = { door: string; adminToken: string }
/** `payWithinMs` is how long a unit is kept for somebody who does not pay. */
export type Terms = { units: number; payWithinMs?: number }

const OPEN_LIMIT_MS = 30_000
const LOOK_EVERY_MS = 50
const LASTS_MS = 60 * 60_000 // longer than any round
const SKU = 'MUG-001' // of which there are tens of thousands

const sale = z.object({ id: z.string(), state: z.string(), free: z.int(), held: z.int() })

/** Announces a flash sale that opens at once. Resolves with its id when its units are set aside and anybody may join. */
export async function announceSale(desk: Desk, { units, payWithinMs = 300_000 }: Terms): Promise<string> {
  const times = { endsAt: Date.now() + LASTS_MS, payWithinMs }
  const { id } = await asked(`${desk.door}/api/admin/sales`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${desk.adminToken}`,
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ kind: 'flash', sku: SKU, units, priceCents: 900, ...times }),
  })
  await untilGranted(`${desk.door}/api/sales/${id}`, units)
  return id
}

async function untilGranted(url: string, units: number): Promise<void> {
  const isGranted = async () => {
    const { state, free, held } = await asked(url)
    return state === 'open' && free + held === units
  }
  for (const untilMs = performance.now() + OPEN_LIMIT_MS; !(await isGranted()); await delay(LOOK_EVERY_MS))
    if (performance.now() > untilMs) throw new Error(`${url} does not open`)
}

async function asked(url: string, init: RequestInit = {}): Promise<z.infer<typeof sale>> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url} answered with ${response.status}: ${await response.text()}`)
  return sale.parse(await response.json())
}
