import { z } from 'zod'
import type { SqliteFile } from './sqlite-file.ts'

const event = z.object({ seq: z.int(), id: z.string(), name: z.string() })

/** An event as its sender keeps it; `madeAt` (ms) is when, by its id. */
export type Told = z.infer<typeof event> & { sender: string; madeAt: number }

/** Reads what a service has said about the shop. */
export const readTold =
  (sender: string) =>
  (file: SqliteFile): Told[] =>
    [...file.rows(event, EVENTS)].map((row) => ({ ...row, sender, madeAt: madeAt(row.id) }))

/** A UUIDv7 begins with its time. Source: RFC 9562, section 5.7 */
const madeAt = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

// What payment notes to itself of what the gateway has told is no news of the shop.
const EVENTS = `
  SELECT seq, id, name FROM "Event"
  WHERE copyOf IS NULL AND name NOT LIKE 'message.%' AND name <> 'gateway.told'`
