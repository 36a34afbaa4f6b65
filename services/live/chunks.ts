import type { Topic } from '../../shared/topics.ts'
import { eventOf } from '../../shared/web/event-stream.ts'
import type { Found, Row } from './source.ts'

/** What is written to a stream in one piece, made once for all who are told it: after it they stand at `upTo`. */
export type Chunk = { event: Buffer; upTo: number; withId(id: string): Buffer }
/** The first of a topic after a number; null where there is none. */
export type Chunks = (after: number) => Chunk | null

const SKUS_AT_ONCE = 200

/** Puts what is new into events: each thing into one of its own, and what is told of all skus many into one. */
export function chunksOf(topic: Topic, { rows }: Found): Chunks {
  const isOfSkus = topic.kind === 'stock' || topic.kind === 'price'
  const made = new Map<number, Chunk>()
  return (after) => {
    const from = firstAfter(rows, after)
    const first = rows[from]
    if (first === undefined) return null
    const known = made.get(from)
    if (known !== undefined) return known
    const some = isOfSkus ? rows.slice(from, from + SKUS_AT_ONCE) : [first]
    const event = eventOf(jsonOf(topic, some, isOfSkus))
    const chunk = { event, upTo: some.at(-1)?.seq ?? first.seq, withId: giveId(event) }
    made.set(from, chunk)
    return chunk
  }
}

/** Most of those who watch the same topics stand at the same place: the last id is made once. */
function giveId(event: Buffer): Chunk['withId'] {
  let last = ''
  let made = event
  return (id) => {
    if (id === last) return made
    last = id
    made = Buffer.concat([Buffer.from(`id: ${id}\n`, 'latin1'), event])
    return made
  }
}

/** From the end: most know nearly all. */
function firstAfter(rows: Row[], after: number): number {
  let i = rows.length
  while (i > 0 && (rows[i - 1]?.seq ?? 0) > after) i--
  return i
}

function jsonOf({ name }: Topic, rows: Row[], isList: boolean): string {
  const [first] = rows
  const head = { topic: name, kind: first?.kind, at: (!isList && first?.at) || undefined }
  const data = rows.map(({ json }) => json).join(',')
  return `${JSON.stringify(head).slice(0, -1)},"data":${isList ? `[${data}]` : data}}`
}
