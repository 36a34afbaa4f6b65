import type { EventStream } from '../../shared/web/event-stream.ts'
import type { Chunk } from './chunks.ts'
import { placeOf } from './cursor.ts'

const UNSENT_MAX_BYTES = 32 * 1024 // then it is told no more until it has read on

/** Somebody who watches: one stream, and where they stand in each topic that is told on. */
export type Reader = {
  /** Whether it reads as fast as it is told. */
  hasRoom(): boolean
  /** Tells something that carries no id: there is a newer one, or none. */
  pass(event: Buffer): void
  /** Tells what happened in a topic, and that the reader stands there. */
  tell(topic: string, chunk: Chunk): void
  /** It has been told all of a topic up to there; undefined: it begins anew. */
  stand(topic: string, seq: number | undefined): void
  /** From here on it is written to; before that it was kept. */
  open(stream: EventStream): void
  /** Ends it in good order, or at once where it does not read. */
  end(): void
  cut(): void
}

/** `mark` is what its ids say of our database. */
export function createReader(mark: string): Reader {
  const places = new Map<string, string>()
  let early: Buffer[] = []
  let earlyBytes = 0
  let stream: EventStream | null = null
  let isOver = false
  const pass = (event: Buffer) => {
    if (stream !== null) return stream.pass(event)
    early.push(event)
    earlyBytes += event.length
  }
  const stand = (topic: string, seq: number | undefined) => {
    if (seq === undefined) places.delete(topic)
    else places.set(topic, placeOf(topic, seq))
  }
  return {
    hasRoom: () => (stream === null ? earlyBytes : stream.unsent()) < UNSENT_MAX_BYTES,
    pass,
    stand,
    tell: (topic, { upTo, withId }) => {
      stand(topic, upTo)
      pass(withId([mark, ...places.values()].join('.')))
    },
    open: (opened) => {
      stream = opened
      if (early.length > 0) opened.pass(Buffer.concat(early))
      early = []
      if (isOver) opened.end()
    },
    end: () => {
      isOver = true
      stream?.end()
    },
    cut: () => {
      isOver = true
      stream?.cut()
    },
  }
}
