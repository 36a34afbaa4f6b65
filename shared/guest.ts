import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The service of `examples/loyalty`, which the tour adds to a demo that runs. Everything of it is in a folder of its own. */
export const guestFolderIn = (dataDir: string): string => join(dataDir, 'tour')

/** Where control says that the shop has the guest, for as long as the launcher runs whose id it notes: a crash leaves no guest behind. */
export const guestFlagIn = (dataDir: string): string => join(guestFolderIn(dataDir), 'with-loyalty')

/** While it is there, the guest's handler fails at each third message. */
export const guestFailsIn = (dataDir: string): string => join(guestFolderIn(dataDir), 'loyalty-fails')

/** Whether a program that was started by this launcher is to know the guest. */
export function hasGuest(dataDir: string, launcherPid: number): boolean {
  try {
    return readFileSync(guestFlagIn(dataDir), 'utf8') === String(launcherPid)
  } catch {
    return false
  }
}
