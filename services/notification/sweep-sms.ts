import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Prune } from '../../shared/protocol/prune.ts'
import type { Database } from '../../shared/store/database.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { noteStatuses } from './hear-gateway.ts'
import { overdueSms, putOffLooks } from './sms.ts'
import { nextLook } from './sms-outcome.ts'
import type { Texter } from './texter.ts'

type Deps = { db: Pick<Database<Client>, 'read'>; publish: Publish<Client>; texter: Texter | null }

const PERIOD_MS = 5_000
const AT_ONCE = 20
const LIMIT_MS = 10_000

/** Asks the gateway what became of those SMS of which nobody has told: callbacks are lost, and a shop may have none. */
export function startSweepingSms(health: Health, deps: Deps): Loop {
  return every(PERIOD_MS, 'sms.sweep', health, () => sweepSms(deps, Date.now()))
}

/**
 * Looks at what is overdue at `now` (ms), some of it at a time. When to look again is written before, so that one that cannot be
 * looked at does not stand in the way of the others. Rejects when the gateway is away.
 */
export async function sweepSms({ db, publish, texter }: Deps, now: number): Promise<void> {
  if (texter === null) return
  const overdue = await overdueSms(db.read, now, AT_ONCE)
  if (overdue.length === 0) return
  const putOff = overdue.map((sms) => ({ ...sms, lookAt: nextLook(sms, now) }))
  await publish((tx) => putOffLooks(tx, putOff), 'beside')
  for (const sms of overdue) {
    const tidings = await texter.look(sms.sid ?? '', AbortSignal.timeout(LIMIT_MS))
    await publish((tx, emit) => noteStatuses(tx, [{ ...tidings, eventId: sms.id }], emit), 'beside')
  }
}

const KEPT_MS = 7 * 24 * 3_600_000 // no webhook is sent again after that

/** Deletes answers that are so old that no copy of them comes any more. */
export const pruneReplies: Prune<Client> = async (tx, now, limit) => {
  const old = await tx.$queryRaw<{ sid: string }[]>`
    SELECT sid FROM "Reply" WHERE at < ${now - KEPT_MS} ORDER BY at LIMIT ${limit}`
  const sids = old.map(({ sid }) => sid)
  return tx.$executeRaw`DELETE FROM "Reply" WHERE sid IN (SELECT value FROM ${each(sids)})`
}
