import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Database } from '../../shared/store/database.ts'
import { archiveHour } from './archive-hours.ts'
import type { Client } from './db.ts'
import { forgetArchive, type Kept } from './forget-lines.ts'
import { endHour } from './hours.ts'

const PERIOD_MS = 60_000
const SOON_MS = 100 // while there is more to do

type Deps = { folder: string; db: Database<Client>; health: Health; kept: Kept; partBytes: number }

/** Puts hours that are over into the archive, and takes out what is too old. */
export function startArchiving({ folder, db, health, kept, partBytes }: Deps): Loop {
  let isMore = false
  return every(
    () => (isMore ? SOON_MS : PERIOD_MS),
    'lines.archive',
    health,
    async () => {
      isMore = false // should this fail
      await db.write((tx) => endHour(tx, { at: Date.now(), partBytes }))
      const archived = await archiveHour({ folder, db })
      if (archived !== null) health.log.debug(archived, 'hour.archived')
      const isForgotten = await forgetArchive(folder, db, kept)
      isMore = archived !== null || isForgotten
    },
  )
}
