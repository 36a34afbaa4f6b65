import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { SqliteFile } from '../audit/sqlite-file.ts'

const LIMIT_MS = 10 * 60_000
const LOOK_EVERY_MS = 50

const counted = z.object({ count: z.int() })

/** Looks into a service's file until `SELECT … AS count` says so many, which costs the shop less than being asked. */
export async function untilThere(path: string, sql: string, wanted: number): Promise<void> {
  const file = new SqliteFile(path)
  const there = () => [...file.rows(counted, sql)][0]?.count ?? 0
  try {
    for (const untilMs = Date.now() + LIMIT_MS; there() < wanted; await delay(LOOK_EVERY_MS))
      if (Date.now() > untilMs) throw new Error(`only ${there()} of ${wanted} are there: ${sql}`)
  } finally {
    file.close()
  }
}
