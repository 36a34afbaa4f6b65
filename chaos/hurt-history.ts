import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Deed, Double } from './fault.ts'
import type { Shop } from './shop.ts'
import { whileHeld } from './while-held.ts'

/**
 * A sender dies, and comes back without knowing that it ever told a receiver anything, nor what it was about to tell it:
 * only history can bring that, and it brings all that was heard before, too.
 */
export async function forgetReceiver(
  { service, receiver }: Extract<Deed, { kind: 'forget receiver' }>,
  shop: Shop,
): Promise<void> {
  await shop.inTurn(() =>
    whileHeld(service, 'SIGKILL', shop, () => {
      const file = new Sqlite(join(shop.dataDir, `${service}.db`), { fileMustExist: true, timeout: 1_000 })
      try {
        file.transaction(() => {
          file.prepare(`DELETE FROM "Meta" WHERE key = ?`).run(`heard:${receiver}`)
          file
            .prepare(`DELETE FROM "Outbox" WHERE queue = ? OR queue LIKE ? || ':%' OR queue LIKE ? || '.%'`)
            .run(receiver, receiver, receiver)
        })()
      } finally {
        file.close()
      }
    }),
  )
}

/** A service that owns no truth loses its file while it is down: what it knew it has to be told again. */
export async function loseDatabase(service: Double, shop: Shop): Promise<void> {
  await shop.inTurn(() =>
    whileHeld(service, 'SIGKILL', shop, () => {
      for (const end of ['', '-wal', '-shm']) rmSync(join(shop.dataDir, `${service}.db${end}`), { force: true })
    }),
  )
}
