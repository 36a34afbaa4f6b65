import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import Database from 'better-sqlite3'
import type { Post } from './post.ts'

export type Customer = { name: string; email: string; phone: string; password: string }
/** The mail, then the SMS; or both at once. The answer waits for them either way. */
export type Way = 'serial' | 'parallel'

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } // as the shop's own

/** Signs people up as the tutorial has it before there is a queue, into a file of its own in `folder`. */
export function openDesk(folder: string, post: Post) {
  mkdirSync(folder, { recursive: true })
  const db = new Database(join(folder, 'sign-up.sqlite'))
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE IF NOT EXISTS account (id TEXT PRIMARY KEY, email TEXT, phone TEXT, name TEXT, password TEXT)')
  db.pragma('synchronous = FULL')
  const insert = db.prepare('INSERT INTO account VALUES (?, ?, ?, ?, ?)')
  return {
    /** Resolves when row, mail and SMS are where they belong. */
    signUp: async (way: Way, { password, ...customer }: Customer): Promise<void> => {
      const to = { id: randomUUID(), ...customer }
      insert.run(to.id, to.email, to.phone, to.name, await hash(password, COST))
      if (way === 'parallel') return void (await Promise.all([post.sendMail(to), post.sendSms(to)]))
      await post.sendMail(to)
      await post.sendSms(to)
    },
    close: () => {
      db.close()
      post.close()
    },
  }
}
