import { hostname } from 'node:os'
import { routesVersion } from '../routes-version.ts'
import type { Hands } from './hands.ts'
import type { OnDisk } from './on-disk.ts'
import { processTable } from './process-table.ts'
import type { Beat } from './workers.ts'

/** What a worker says of itself: who it is, and what it holds and has done up to now. */
export type OwnBeat = {
  now(): Beat
  /** Tells the others, with every beat, where this worker serves its own pages. */
  announce(url: string): void
  /** It is a new incarnation: what the one before had in hand is in nobody's. */
  beginAnew(): void
  /** Counts anew what waits on disk; the beats after have it. */
  count(): void
}

type Deps = {
  /** The id of the database that its inbox is in. */
  databaseId: string
  hands: Hands
  /** What waits at the service for a turn in the lists of others. */
  onDisk(): Promise<OnDisk>
  /** Since when (ms) nothing is to be popped; null while it goes on. */
  pausedSince(): number | null
}

type Told = { incarnation: number; url: string | null; onDisk: OnDisk }

export function createOwnBeat({ databaseId, hands, onDisk, pausedSince }: Deps): OwnBeat {
  const who = { host: hostname(), pid: process.pid, table: processTable, startedAt: Date.now() }
  const known = { database: databaseId, routes: routesVersion }
  const told: Told = { incarnation: 0, url: null, onDisk: {} }
  const now = (): Beat => ({
    ...{ ...who, ...known, ...told, ...hands.sums(), at: Date.now() },
    pausedAt: pausedSince() ?? undefined,
    passage: hands.passage(),
  })
  const note = (more: Partial<Told>) => void Object.assign(told, more)
  return {
    now,
    announce: (url) => note({ url }),
    beginAnew: () => note({ incarnation: told.incarnation + 1 }),
    count: () => void onDisk().then((counts) => note({ onDisk: counts }), unread),
  }
}

/** A disk that cannot be read, or does not answer, is told of by others; this one is there. */
const unread = () => {}
