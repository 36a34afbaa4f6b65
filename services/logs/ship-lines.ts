import { join } from 'node:path'
import { countOwed } from '../../shared/protocol/on-disk.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { windowSize } from '../../shared/protocol/window-size.ts'
import type { Database } from '../../shared/store/database.ts'
import { batchOf } from './batch.ts'
import type { Client } from './db.ts'
import { isOnDisk } from './disk.ts'
import { addFile, allFiles, type File, noteFile } from './files.ts'
import { familyOf, listFiles, type Seen } from './list-files.ts'
import { type Piece, readPiece } from './read-piece.ts'
import { createStalls } from './stalls.ts'
import { leaveFile, trackFiles } from './track-files.ts'

const OWED_MAX = windowSize('logs') // batches without a word on them; what is in the files is safe there, and costs nobody anything
const TURN = 8 // batches of files that belong together, before others get their turn
const LEFT_MS = 10_000 // without an end for so long, a line has been left by whoever began it

/** `disk`: what the folder is called among those of other hosts; null where there are none. */
type Deps = { folder: string; disk?: string | null; db: Pick<Database<Client>, 'read'>; publish: Publish<Client> }

/** How a look at the files ended: `all` is read, there is `more`, or no room (`full`), or another process reads (`overtaken`). */
export type Shipped = 'all' | 'more' | 'full' | 'overtaken'

/** Reads the log files of a folder, and sends what they say on its way. `behindBytes`: how much was left to read last. */
export type Shipper = { runOnce(): Promise<Shipped>; behindBytes(): number }

/**
 * The log files are the sender's memory: what was read goes out in one transaction with how far that is, so a crash loses
 * and doubles nothing. Of several that read, whoever finds a file where it was read on goes on with it, and no other.
 */
export function createShipper(deps: Deps): Shipper {
  const { folder, disk = null, db } = deps
  const stalls = createStalls(LEFT_MS)
  let behindBytes = 0

  const ownFiles = async () => (await allFiles(db.read)).filter(({ inode }) => isOnDisk(inode, disk))
  /** Files that belong together, the oldest lines first. */
  const shipFamily = async (family: Seen[], files: Map<string, File>): Promise<Shipped> => {
    let turn = 0
    for (const seen of family) {
      let file = files.get(seen.inode) ?? null
      while (seen.size !== (file?.read ?? 0)) {
        if (turn++ === TURN) return 'more'
        if ((await countOwed(db.read, 'logs', OWED_MAX)) === OWED_MAX) return 'full'
        const next = await readOn(seen, file, { ...deps, isLeft: stalls.isLeft(seen.inode) })
        if (next === 'overtaken') return next
        if (next === 'all') break
        file = next
      }
    }
    return 'all'
  }
  return {
    runOnce: async () => {
      const seen = await listFiles(folder, disk)
      if (seen === null) return 'more' // they change their names all the time
      stalls.look(seen)
      const files = await trackFiles(await ownFiles(), seen, deps)
      behindBytes = seen.reduce((sum, one) => sum + Math.max(0, one.size - (files.get(one.inode)?.read ?? 0)), 0)
      const outcomes: Shipped[] = []
      for (const name of new Set(seen.map(familyOf))) {
        const family = seen.filter((one) => familyOf(one) === name)
        outcomes.push(await shipFamily(family, files))
      }
      return worst.find((one) => outcomes.includes(one)) ?? 'all'
    },
    behindBytes: () => behindBytes,
  }
}

const worst: Shipped[] = ['overtaken', 'full', 'more']

/** The next piece of a file. Returns where it stands then. */
async function readOn(seen: Seen, known: File | null, deps: Deps & { isLeft: boolean }) {
  const file = known ?? (await deps.publish((tx) => addFile(tx, seen)))
  if (file === null) return 'overtaken'
  const piece = await readPiece(join(deps.folder, seen.name), {
    ...file,
    isLeft: deps.isLeft,
    disk: deps.disk ?? null,
  })
  switch (piece.is) {
    case 'another':
      return 'all' // the next look finds it under its new name
    case 'anew':
      await leaveFile(file, 'it was cut, or made anew,', deps)
      return 'all' // the next look finds a new one
    case 'nothing':
      return 'all'
    case 'lines':
      return (await ship(file, seen, piece, deps)) ?? 'overtaken'
  }
}

type Lines = Extract<Piece, { is: 'lines' }>

async function ship(file: File, { name }: Seen, { lines, to, head, size }: Lines, { folder, publish }: Deps) {
  return publish(async (tx, emit) => {
    const next = await noteFile(tx, file, { name, head, size, read: to })
    if (next !== null && lines.trim() !== '') emit(batchOf(folder, next, { from: file.read, to, lines }))
    return next
  })
}
