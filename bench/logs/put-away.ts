import { join } from 'node:path'
import { archiveHour } from '../../services/logs/archive-hours.ts'
import { openLogs } from '../../services/logs/db.ts'
import { endHour } from '../../services/logs/hours.ts'

const HOUR_MS = 3_600_000

/**
 * Puts all lines of a shop that is stopped into its archive, as if their hour were over. Resolves with what share of them, in
 * bytes, the archive takes.
 */
export async function putAway(folder: string): Promise<number> {
  const db = await openLogs(folder)
  try {
    await db.write((tx) => endHour(tx, { at: Date.now() + HOUR_MS, partBytes: Number.MAX_SAFE_INTEGER }))
    const sum = { raw: 0, zipped: 0 }
    for (let hour = await archive(); hour !== null; hour = await archive()) {
      sum.raw += hour.rawBytes
      sum.zipped += hour.bytes
    }
    return sum.zipped / sum.raw
  } finally {
    await db.close()
  }

  function archive() {
    return archiveHour({ folder: join(folder, 'logs', 'archive'), db })
  }
}
