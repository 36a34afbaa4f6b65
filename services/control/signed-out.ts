import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signedOutKey } from '../../shared/keys.ts'
import { deleteFields, setFields } from '../../shared/store/in-chunks.ts'
import type { Redis } from '../../shared/store/redis.ts'
import { lastMomentOf, type Session } from '../../shared/web/admin-session.ts'

/** Sessions that somebody has ended, for as long as their cookies would be good. */
export type SignedOut = {
  add(session: Session): void
  has(session: Pick<Session, 'id'>): boolean
  /** Tells other processes of control of them, and hears of theirs. Returns those that are new here. Rejects while Redis is away. */
  share(redis: Redis): Promise<Pick<Session, 'id'>[]>
}

type Ended = [id: string, untilMs: number]

/**
 * Kept in a file, a line each, so that a restart opens no session again, and told to other processes by way of Redis: each writes
 * there what it misses, so what Redis forgets is soon there again. Only control asks here: other services let a copy of the cookie in
 * until it has been idle for an hour, and show it the list of orders, sales, and the log.
 */
export function openSignedOut(folder: string, now: number): SignedOut {
  const file = join(folder, 'signed-out')
  const known = existsSync(file) ? readFileSync(file, 'utf8').split('\n').map(parse) : []
  const ended = new Map(known.filter(([, untilMs]) => untilMs > now))
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, [...ended].map(lineOf).join('')) // without those that are over in any case
  const keep = ([id, untilMs]: Ended) => {
    ended.set(id, untilMs)
    appendFileSync(file, lineOf([id, untilMs]))
  }
  return {
    has: ({ id }) => ended.has(id),
    add: (session) => keep([session.id, lastMomentOf(session)]),
    share: async (redis) => {
      const told = Object.entries(await redis.hgetall(signedOutKey())).map(
        ([id, untilMs]): Ended => [id, Number(untilMs)],
      )
      const there = new Map(told.filter(([, untilMs]) => untilMs > Date.now()))
      for (const [id, untilMs] of ended) if (untilMs <= Date.now()) ended.delete(id)
      const untold = [...ended].filter(([id]) => !there.has(id))
      const news = [...there].filter(([id]) => !ended.has(id))
      news.forEach(keep)
      await setFields(redis, signedOutKey(), untold)
      await deleteFields(
        redis,
        signedOutKey(),
        told.flatMap(([id]) => (there.has(id) ? [] : [id])),
      )
      return news.map(([id]) => ({ id }))
    },
  }
}

const lineOf = ([id, untilMs]: Ended) => `${id} ${untilMs}\n`

/** A line that was cut off by a crash is of no time. */
function parse(line: string): Ended {
  const [id = '', untilMs = ''] = line.split(' ')
  return [id, Number(untilMs)]
}
