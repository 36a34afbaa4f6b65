import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Edit } from './doctored-tree.ts'
import { type Clock, clocks, stepped } from './fault.ts'
import type { Means } from './means.ts'

/** Steps the clocks of running processes, each its own; what measures time without a date is left alone. */
export type Clocks = {
  /** What the launcher is started with. */
  env: NodeJS.ProcessEnv
  edits: Edit[]
  /** Puts a clock, or all, forward or back for a while. Steps add up. */
  step(whose: Clock | 'all', byMs: number, forMs: number): Promise<void>
  remove(): void
}

/**
 * Clocks by way of libfaketime, which asks a file now and then what time it is: https://github.com/wolfcw/libfaketime
 */
export function findClocks(): Means<Clocks> {
  const library = findLibrary()
  return library === undefined ? { why: 'libfaketime is not installed' } : { have: clocksBy(library) }
}

function clocksBy(library: string): Clocks {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-clocks-'))
  const offsets = new Map<Clock, number>()
  const move = (clock: Clock, byMs: number) => {
    const offsetMs = (offsets.get(clock) ?? 0) + byMs
    offsets.set(clock, offsetMs)
    writeOffset(join(folder, clock), offsetMs)
  }
  for (const clock of clocks) move(clock, 0)
  return {
    env: clockEnv(library, join(folder, 'launcher')),
    edits: clockEdits(folder),
    step: async (whose, byMs, forMs) => {
      const moved = whose === 'all' ? stepped : [whose]
      for (const clock of moved) move(clock, byMs)
      await delay(forMs)
      for (const clock of moved) move(clock, -byMs)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What a process is started with whose clock is the file at `path`. */
export function clockEnv(library: string, path: string): NodeJS.ProcessEnv {
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: path,
    FAKETIME_CACHE_DURATION: '1', // s, after which the file is asked again
    DONT_FAKE_MONOTONIC: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1', // as later versions have it
    NO_FAKE_STAT: '1',
  }
}

/** Give each process that the launcher starts a clock of its own, kept in `folder`, and leave Redis its own. */
export function clockEdits(folder: string): Edit[] {
  const own = `FAKETIME_TIMESTAMP_FILE: ${JSON.stringify(`${folder}/`)} + name`
  return [
    edit('launch-plan', 'envFor(name, withCache(name, env))', own),
    edit('redis-process', 'systemEnv(config.inherited)', 'LD_PRELOAD: undefined'),
  ]
}

/** A process is started with something more in its environment. */
function edit(file: string, env: string, more: string): Edit {
  return { file: `dist/launcher/${file}.js`, find: `env: ${env}`, replace: `env: { ...${env}, ${more} }` }
}

/** Puts such a clock ahead, or behind. Whole or not at all: half a number would be another time. */
export function writeOffset(path: string, offsetMs: number): void {
  const text = `${offsetMs < 0 ? '-' : '+'}${Math.abs(offsetMs) / 1_000}`
  writeFileSync(`${path}.next`, text)
  renameSync(`${path}.next`, path)
}

const LIBRARY = join('faketime', 'libfaketimeMT.so.1') // the one for programs with threads
const PLACES = ['/usr/lib', '/usr/local/lib', '/usr/lib64']

/** libfaketime, where it is installed. Distributions keep it in `faketime/` below a folder of libraries, Debian below one for each kind of machine. */
export function findLibrary(): string | undefined {
  const places = PLACES.filter((place) => existsSync(place))
  const deeper = places.flatMap((place) => readdirSync(place).map((name) => join(place, name)))
  return [...places, ...deeper].map((place) => join(place, LIBRARY)).find((path) => existsSync(path))
}
