import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

const LIMIT_MS = 120_000
const EVERY_MS = 250

const placed = z.object({ id: z.string(), number: z.string(), key: z.string() })
const shown = z.object({ state: z.string() })

/** Places an order at the shop's address, as a customer does, and resolves with its number and id once it is paid. */
export async function buySomething(shop: string): Promise<{ number: string; id: string }> {
  const order = {
    customer: { name: 'Ada', email: 'ada@example.com' },
    items: [{ sku: 'MUG-001', quantity: 1 }],
    payment: { method: 'pm_card_visa' },
  }
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${shop}/api/orders`, { method: 'POST', headers, body: JSON.stringify(order) })
  if (answer.status !== 201) throw new Error(`the order was answered with ${answer.status}: ${await answer.text()}`)
  const { id, number, key } = placed.parse(await answer.json())
  await untilTrue(`${number} is paid`, async () => {
    const { state } = shown.parse(
      await (await fetch(`${shop}/api/orders/${id}`, { headers: { 'order-key': key } })).json(),
    )
    return state === 'paid' || state
  })
  return { number, id }
}

/** Asks at a published port for a page. Throws when nobody answers, or somebody who cannot. */
export async function askAt(url: string): Promise<void> {
  const { status } = await fetch(url, { redirect: 'manual' })
  if (status >= 500) throw new Error(`${url} answers ${status}`)
}

/** Waits until `check` gives true; else it gives what is instead. Throws after two minutes. */
export async function untilTrue(what: string, check: () => Promise<true | string>): Promise<void> {
  const deadline = Date.now() + LIMIT_MS
  for (;;) {
    const found = await check()
    if (found === true) return
    if (Date.now() > deadline) throw new Error(`not within ${LIMIT_MS / 1_000} s: ${what}; but ${found}`)
    await wait(EVERY_MS)
  }
}
