import type { Load, LoadFigures } from './load.ts'
import { startProcess } from './process.ts'

/** Sends so many requests a second, from a process of its own. */
export async function steadyLoad(requests: Load, perSecond: number): Promise<LoadFigures> {
  const load = await startProcess('load.js', {})
  return load.ask<LoadFigures>('openLoop', { ...requests, perSecond }).finally(() => load.stop())
}
