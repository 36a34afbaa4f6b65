import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { clockEnv, findLibrary, writeOffset } from '../clocks.ts'
import { type AppName, appNames } from './host-names.ts'

/** The clock of a host: what its programs are started with, and how it is put ahead or behind for a while. */
export type Clock = { env: NodeJS.ProcessEnv; skew(byMs: number, forMs: number): Promise<void> }

/** A clock for each application host; undefined where there is no libfaketime. */
export function clocksIn(folder: string): Record<AppName, Clock> | undefined {
  const library = findLibrary()
  if (library === undefined) return undefined
  mkdirSync(folder, { recursive: true })
  const [one, other] = appNames.map((name) => clockAt(join(folder, name), library))
  return one && other && { 'app-1': one, 'app-2': other }
}

function clockAt(path: string, library: string): Clock {
  let offsetMs = 0
  const move = (byMs: number) => {
    offsetMs += byMs
    writeOffset(path, offsetMs)
  }
  move(0)
  return {
    env: clockEnv(library, path),
    skew: async (byMs, forMs) => {
      move(byMs)
      await delay(forMs)
      move(-byMs)
    },
  }
}
