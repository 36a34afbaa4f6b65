import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { DatabaseDeed } from './database-deed.ts'
import { freezeTurn, holdTurn } from './hurt-turn.ts'
import type { Postgres } from './postgres.ts'
import { type Ground, takeAway } from './take-away.ts'

/** Does what a fault says, to its end. Rejects when it could not be done, as when the server is dead already. */
export function hurtPostgres(deed: DatabaseDeed, target: Ground): Promise<void> {
  const { postgres, shop } = target
  switch (deed.kind) {
    case 'kill database':
      return postgres.inTurn(() => killFor(deed.forMs, postgres))
    case 'freeze database':
      return postgres.inTurn(() => postgres.freeze(deed.forMs))
    case 'database away':
      return postgres.inTurn(() => takeAway(deed.forMs, target))
    case 'end sessions':
      return endSessions(postgres)
    case 'forget connections':
      return forget(postgres)
    case 'lost commits':
      return loseCommits(deed.share, deed.forMs, postgres)
    case 'freeze turn':
      return postgres.inTurn(() => freezeTurn(deed, shop, postgres))
    case 'hold turn':
      return holdTurn(deed, postgres)
  }
}

async function killFor(forMs: number, postgres: Postgres): Promise<void> {
  await postgres.kill()
  await delay(forMs)
  await postgres.revive()
}

/** As an admin does, or a failover: whatever they are in the middle of. */
async function endSessions(postgres: Postgres): Promise<void> {
  await postgres.ask(z.unknown(), END_SESSIONS)
}

const END_SESSIONS = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND application_name LIKE 'orderline %'`

async function forget({ door }: Postgres): Promise<void> {
  if (door.forget() === 0) throw new Error('nobody is connected')
}

async function loseCommits(share: number, forMs: number, { door }: Postgres): Promise<void> {
  const before = door.lost
  door.lostShare = share
  await delay(forMs)
  door.lostShare = 0
  if (door.lost === before) throw new Error('nothing was committed meanwhile')
}
