import { createHash } from 'node:crypto'

/**
 * Where a reader stands in each of its topics, and by which database of ours: `6e1f0a2b.<topic>-<seq>.<topic>-<seq>…`. It is the id
 * of each event, so it is short: of a topic ten digits of its digest, of a number its base 36.
 */
export type Cursor = { mark: string; places: Map<string, number> }

const CURSOR = /^([0-9a-f]{8})((?:\.[0-9a-f]{10}-[0-9a-z]{1,10}){0,20})$/

/** Where a reader says that it stands; null for what no id of ours looks like. */
export function cursorIn(text: string): Cursor | null {
  const [, mark, places = ''] = CURSOR.exec(text) ?? []
  if (mark === undefined) return null
  const parts = places.split('.').slice(1)
  return { mark, places: new Map(parts.map((part) => [part.slice(0, 10), Number.parseInt(part.slice(11), 36)])) }
}

/** What is written down of one topic. */
export const placeOf = (topic: string, seq: number) => `${nameOf(topic)}-${seq.toString(36)}`

/** How far a cursor has come in a topic; undefined where it does not know it. */
export const seqIn = ({ places }: Cursor, topic: string) => places.get(nameOf(topic))

/** What a database is called in cursors. */
export const markOf = (databaseId: string) => digest(databaseId, 8)

const TOPIC_DIGITS = 10
const NAMES_MAX = 10_000
const names = new Map<string, string>()

/** Made once for each topic that is told: a digest costs as much as to tell an event. */
function nameOf(topic: string): string {
  const known = names.get(topic)
  if (known !== undefined) return known
  if (names.size >= NAMES_MAX) names.clear()
  const name = digest(topic, TOPIC_DIGITS)
  names.set(topic, name)
  return name
}

const digest = (text: string, digits: number) => createHash('sha256').update(text).digest('hex').slice(0, digits)
