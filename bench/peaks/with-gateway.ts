import { join } from 'node:path'
import { startProcess } from '../process.ts'
import { type Calls, LOG, readCalls } from './calls.ts'

/** Plays beside a gateway that takes so many calls a second. Resolves with what `play` has found, and what the gateway was asked. */
export async function withGateway<T>(
  folder: string,
  perSecond: number,
  play: (env: Record<string, string>) => Promise<T>,
): Promise<{ found: T; calls: Calls }> {
  const gateway = await startProcess('peaks/gateway.js', { DATA_DIR: folder }, join(folder, LOG))
  const found = await gateway
    .ask('limit', perSecond)
    .then(() => gateway.ask<Record<string, string>>('environment'))
    .then(play)
    .finally(() => gateway.stop())
  return { found, calls: readCalls(folder) }
}
