import type { Position, Topic, TopicKind } from '../../shared/topics.ts'
import { topicKinds } from '../../shared/topics.ts'
import { type Cursor, cursorIn, seqIn } from './cursor.ts'
import type { Feed } from './feed.ts'
import type { Asked } from './live-request.ts'
import { noSuchTopic } from './no-such-topic.ts'
import { createReader, type Reader } from './reader.ts'
import type { Seat } from './seat.ts'

/** Where a topic is told, each kind by one feed. */
export type Feeds = Record<TopicKind, Feed>

/** What somebody wants to be told of, and the session that is asked with. */
export type Let = Asked & { session: Position['session'] }

/** Somebody who has a seat in each topic. `ready` rejects with a Problem where there is no such topic, or nobody can say. */
export type Watcher = { reader: Reader; ready: Promise<unknown>; leave(): void }

export type Hub = { join(asked: Let[]): Watcher }

/** Gives those who watch their seats. `mark` is what ids say of our database. */
export function createHub(feeds: Feeds, mark: string): Hub {
  return {
    join: (asked) => {
      const reader = createReader(mark)
      const seats: Seat[] = []
      const looks = asked.map(
        ({ topic, session, after, field }) =>
          new Promise<void>((ready, reject) => {
            const refused = () => reject(noSuchTopic(topic.name, field))
            seats.push({
              reader,
              topic,
              session,
              ...beginOf(topic, after, mark),
              begunAt: 0,
              lateSince: null,
              ready,
              refused,
              turnedAway: reject,
            })
          }),
      )
      for (const seat of seats) feeds[seat.topic.kind].join(seat)
      const leave = () => {
        for (const seat of seats) feeds[seat.topic.kind].leave(seat)
      }
      return { reader, ready: Promise.all(looks), leave }
    },
  }
}

type Begin = Pick<Seat, 'after' | 'isNew' | 'reset'>

const AT_THE_BEGINNING: Begin = { after: 0, isNew: true, reset: null }
const ANEW: Begin = { after: 0, isNew: true, reset: 'elsewhere' }

/** Where a reader goes on, by the id it was told last. What order has told goes by order's numbers, whichever database ours is. */
function beginOf({ name, kind }: Topic, id: string | undefined, mark: string): Begin {
  if (id === undefined || id === '' || !topicKinds[kind].isToldOn) return AT_THE_BEGINNING
  const cursor: Cursor | null = cursorIn(id)
  if (cursor === null) return ANEW
  const after = seqIn(cursor, name)
  if (after === undefined) return AT_THE_BEGINNING
  return cursor.mark === mark || kind === 'order' ? { after, isNew: false, reset: null } : ANEW
}
