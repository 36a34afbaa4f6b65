import { z } from 'zod'
import type { Switches } from './simulators.ts'

const LIMIT_MS = 1_000

const switches = z.record(z.string(), z.union([z.boolean(), z.number(), z.string()]))

/** Reads the switches of a simulator. Rejects when it is away. */
export const readSwitches = async (url: string | undefined): Promise<Switches> => switches.parse(await ask(url))

/** Turns switches of a simulator. Rejects when it is away. */
export async function turnSwitches(url: string | undefined, to: Switches): Promise<void> {
  await ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(to) })
}

async function ask(url: string | undefined, request: RequestInit = {}): Promise<unknown> {
  if (url === undefined) throw new Error('there is no such simulator in this demo')
  const response = await fetch(`${url}/_switches`, { ...request, signal: AbortSignal.timeout(LIMIT_MS) })
  if (!response.ok) throw new Error(`the simulator answers ${response.status}`)
  return response.json()
}
