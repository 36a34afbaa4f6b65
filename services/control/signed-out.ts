import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastMomentOf, type Session } from '../../shared/web/admin-session.ts'

/** Sessions that somebody has ended, for as long as their cookies would be good. */
export type SignedOut = { add(session: Session): void; has(session: Session): boolean }

/**
 * Kept in a file, a line each, so that a restart opens no session again. Only control asks here: other services let a
 * copy of the cookie in until it has been idle for an hour, and show it the list of orders, sales, and the log.
 */
export function openSignedOut(folder: string, now: number): SignedOut {
  const file = join(folder, 'signed-out')
  const known = existsSync(file) ? readFileSync(file, 'utf8').split('\n').map(parse) : []
  const ended = new Map(known.filter(([, untilMs]) => untilMs > now))
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, [...ended].map(lineOf).join('')) // without those that are over in any case
  return {
    has: ({ id }) => ended.has(id),
    add: (session) => {
      ended.set(session.id, lastMomentOf(session))
      appendFileSync(file, lineOf([session.id, lastMomentOf(session)]))
    },
  }
}

const lineOf = ([id, untilMs]: [string, number]) => `${id} ${untilMs}\n`

/** A line that was cut off by a crash is of no time. */
function parse(line: string): [id: string, untilMs: number] {
  const [id = '', untilMs = ''] = line.split(' ')
  return [id, Number(untilMs)]
}
