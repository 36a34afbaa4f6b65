import { setPriority } from 'node:os'
import type { Load, LoadFigures } from './load.ts'
import { startProcess } from './process.ts'

/** Sends so many requests a second, from a process of its own; with a `niceness` it leaves the processors to others first. */
export async function steadyLoad(requests: Load, perSecond: number, niceness = 0): Promise<LoadFigures> {
  const load = await startProcess('load.js', {})
  setPriority(load.pid, niceness)
  return load.ask<LoadFigures>('openLoop', { ...requests, perSecond }).finally(() => load.stop())
}
