import { z } from 'zod'

const LIMIT_MS = 1_000

/** What can be turned at the payment gateway's simulator. */
export const gatewaySwitches = z.object({ outage: z.boolean(), delayMs: z.number(), loseAnswers: z.number() })
/** What can be turned at the mailbox's. */
export const mailboxSwitches = z.object({ down: z.boolean(), dropAfterAccept: z.number(), delayMs: z.number() })

/** Reads the switches of a simulator. Rejects when it is away. */
export const readSwitches = (url: string | undefined): Promise<unknown> => ask(url)

/** Turns switches of a simulator. Rejects when it is away. */
export async function turnSwitches(url: string | undefined, to: object): Promise<void> {
  await ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(to) })
}

async function ask(url: string | undefined, request: RequestInit = {}): Promise<unknown> {
  if (url === undefined) throw new Error('there is no such simulator in this demo')
  const response = await fetch(`${url}/_switches`, { ...request, signal: AbortSignal.timeout(LIMIT_MS) })
  if (!response.ok) throw new Error(`the simulator answers ${response.status}`)
  return response.json()
}
