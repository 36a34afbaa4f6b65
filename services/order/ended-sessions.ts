import type { Prune } from '../../shared/protocol/prune.ts'
import { type Columns, insert } from '../../shared/store/sql.ts'
import type { CustomerSession } from '../../shared/web/customer-session.ts'
import type { Client } from './db.ts'

/**
 * A session that was ended before its time, or, where `session` is null, all of the account that began before `at`. Whoever
 * does not know it lets nobody in any more after `until` (both in ms).
 */
export type Ended = { account: string; session: string | null; at: number; until: number }

/** The sessions that were ended, in memory: they are asked for with every order. */
export type EndedSessions = {
  has(session: CustomerSession): boolean
  /** Takes to mind what was heard. */
  add(ended: Ended[]): void
  /** The same with what was written down since, by other processes too. Resolves to whether there was anything. */
  readOn(): Promise<boolean>
}

/** Begins with what is on disk: whoever signed out before a restart stays signed out. */
export async function rememberEnded(read: Client, now: () => number = Date.now): Promise<EndedSessions> {
  const single = new Map<string, Ended>()
  const whole = new Map<string, Ended>()
  let last = 0
  const add = (ended: Ended[]) => {
    for (const one of ended)
      if (one.session !== null) single.set(one.session, one)
      else if (one.at > (whole.get(one.account)?.at ?? 0)) whole.set(one.account, one)
  }
  const readOn = async () => {
    const rows = await readEnded(read, last, now())
    last = rows.at(-1)?.seq ?? last
    add(rows)
    for (const ended of [single, whole]) dropOver(ended, now())
    return rows.length > 0
  }
  await readOn()
  return {
    add,
    readOn,
    has: ({ account, session, beganAt }) => single.has(session) || beganAt < (whole.get(account)?.at ?? 0),
  }
}

/** They are over in about the order in which they came, so this looks at hardly more than it drops. */
function dropOver(ended: Map<string, Ended>, now: number): void {
  for (const [key, { until }] of ended) {
    if (until > now) return
    ended.delete(key)
  }
}

function readEnded(read: Client, after: number, now: number): PromiseLike<(Ended & { seq: number })[]> {
  return read.$queryRaw<(Ended & { seq: number })[]>`
    SELECT seq, account, session, at, until FROM "EndedSession" WHERE seq > ${after} AND until > ${now} ORDER BY seq`
}

const columns: Columns<Ended> = ['account', 'session', 'at', 'until']

/** Writes them down, for other processes and for the next start. */
export async function writeEnded(tx: Client, ended: Ended[]): Promise<void> {
  await tx.$executeRaw`${insert('EndedSession', columns, ended)}`
}

/** Deletes those that would be over by themselves. */
export const pruneEnded: Prune<Client> = async (tx, now, limit) => tx.$executeRaw`
  DELETE FROM "EndedSession"
  WHERE seq IN (SELECT seq FROM "EndedSession" WHERE until <= ${now} ORDER BY until LIMIT ${limit})`
