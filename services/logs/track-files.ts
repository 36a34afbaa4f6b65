import type { Publish } from '../../shared/protocol/outbox.ts'
import { batchOf } from './batch.ts'
import type { Client } from './db.ts'
import { type File, forgetFile, noteFile } from './files.ts'
import { ageOf, type Seen } from './list-files.ts'

type Deps = { folder: string; publish: Publish<Client> }

/** Follows files under their new names, and forgets those that are gone. Returns those that are there, by their inodes. */
export async function trackFiles(known: File[], seen: Seen[], deps: Deps): Promise<Map<string, File>> {
  const files = new Map<string, File>()
  const there = new Map(seen.map((one) => [one.inode, one]))
  for (const file of known) {
    const kept = await follow(file, there.get(file.inode), deps)
    if (kept !== null) files.set(kept.inode, kept)
  }
  return files
}

/** Files only grow older: one that is younger now is another one, which has got its inode. */
async function follow(file: File, seen: Seen | undefined, deps: Deps): Promise<File | null> {
  if (seen === undefined || ageOf(seen.name) < ageOf(file.name)) return leaveFile(file, 'it was gone', deps)
  if (seen.name === file.name) return file
  return deps.publish((tx) => noteFile(tx, file, { name: seen.name, size: seen.size }))
}

/**
 * Forgets a file that is no more what it was. If it was not known to have been read to its end, that is told: a full one that was
 * is complete, for nobody writes to it.
 */
export async function leaveFile(file: File, why: string, { folder, publish }: Deps): Promise<null> {
  const { read, size, name } = file
  const isWhole = ageOf(name) > 0 && read >= size
  const gap = `${why} when ${read} of its bytes had been read, and had ${size} when it was last looked at`
  await publish(async (tx, emit) => {
    const isOurs = await forgetFile(tx, file)
    if (isOurs && !isWhole) emit(batchOf(folder, file, { from: read, to: Math.max(size, read), lines: '', gap }))
  })
  return null
}
