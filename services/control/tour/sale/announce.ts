import { z } from 'zod'
import type { Config } from '../../../../shared/config.ts'

const LIMIT_MS = 5_000
const LASTS_MS = 15 * 60_000 // longer than anybody looks

const answer = z.object({ id: z.string() })

/** Announces a flash sale of mugs that opens at once. Resolves with its id. Rejects when sale does not take it. */
export async function announce(config: Config, wish: { units: number; payWithinMs: number }): Promise<string> {
  const { units, payWithinMs } = wish
  const goods = { kind: 'flash', sku: 'MUG-001', units, priceCents: 900 } // there are tens of thousands of these
  const response = await post(config, '/api/admin/sales', { ...goods, payWithinMs, endsAt: Date.now() + LASTS_MS })
  if (response.status !== 201) throw new Error(`sale answers ${response.status}`)
  return answer.parse(await response.json()).id
}

/** Ends it, if it is not over. */
export async function endSale(config: Config, sale: string): Promise<void> {
  const response = await post(config, `/api/admin/sales/${sale}/end`, {})
  if (!response.ok) throw new Error(`sale answers ${response.status}`)
}

function post({ SALE_URL, ADMIN_TOKEN }: Config, path: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(LIMIT_MS) }
  return fetch(SALE_URL + path, request)
}
