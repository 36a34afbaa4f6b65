import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { guestFailsIn, guestFlagIn, guestFolderIn, hasGuest } from '../../../../shared/guest.ts'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import type { Demo } from '../../demo/demo.ts'

export const NAME = 'loyalty'
const SENDER = 'payment'
const DRAIN_MS = 60_000 // longer than a message is tried; then what still waits for it stays with its sender until it comes again
const LOOK_MS = 250
const WAITING = `/ops/waiting?${new URLSearchParams({ list: NAME, of: 'all', limit: '1' })}`

const waiting = z.object({ count: z.int() })

export type VisitDeps = { demo: Pick<Demo, 'control' | 'onDemand'>; ask: Ask; dataDir: string }

/** It is started as one who has heard nothing, and its sender learns of it at its next start. */
export async function come(deps: VisitDeps): Promise<void> {
  const { demo, dataDir } = deps
  await mkdir(guestFolderIn(dataDir), { recursive: true })
  await forget(deps)
  await rm(guestFailsIn(dataDir), { force: true })
  await writeFile(guestFlagIn(dataDir), String(process.ppid))
  await demo.control('start', NAME)
  await demo.control('restart', SENDER)
}

/** First its sender writes nothing more for it, and then what is left is heard. */
export async function leave(deps: VisitDeps): Promise<void> {
  const { demo, ask, dataDir } = deps
  const wasThere = isThere(dataDir) || (await stateNow(demo)) !== 'stopped'
  if (!wasThere && !(await isOwed(ask))) return
  await rm(guestFailsIn(dataDir), { force: true })
  await demo.control('start', NAME)
  await rm(guestFlagIn(dataDir), { force: true })
  if (wasThere) await demo.control('restart', SENDER)
  await untilIn(DRAIN_MS, async () => (await owed(ask)) === 0)
  await forget(deps)
}

/** It stops, and loses all that it has heard. */
export async function forget({ demo, dataDir }: VisitDeps): Promise<void> {
  await demo.control('stop', NAME)
  const books = ['', '-wal', '-shm'].map((end) => join(guestFolderIn(dataDir), `${NAME}.db${end}`))
  await Promise.all(books.map((book) => rm(book, { force: true })))
}

export const isThere = (dataDir: string): boolean => hasGuest(dataDir, process.ppid)

export const stateNow = async (demo: Pick<Demo, 'onDemand'>) =>
  (await demo.onDemand()).find(({ name }) => name === NAME)?.state ?? 'stopped'

/** What an earlier control, or an earlier launcher, has not seen to its end. */
async function isOwed(ask: Ask): Promise<boolean> {
  await untilIn(DRAIN_MS, async () => (await owed(ask)) !== null) // payment starts with us
  return ((await owed(ask)) ?? 0) > 0
}

/** How many messages its sender still answers for; null while that cannot be asked. */
const owed = async (ask: Ask) => waiting.safeParse((await ask(SENDER, WAITING))?.body).data?.count ?? null

/** Resolves when it is so, or the time is over. */
async function untilIn(limitMs: number, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + limitMs; !(await isSo()) && performance.now() < end; ) await delay(LOOK_MS)
}
