import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { type Client, openLive } from '../../services/live/db.ts'
import { createFeeds } from '../../services/live/feeds.ts'
import { createHub } from '../../services/live/hub.ts'
import { createReaders } from '../../services/live/readers.ts'
import { createTally } from '../../services/live/tally.ts'
import { keep, pruneTopics } from '../../services/live/topics.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import type { Database } from '../../shared/store/database.ts'
import { topicNamed } from '../../shared/topics.ts'
import { until } from '../until.ts'

const MARK = '01234567'
const ROOM = 'room:flash'
const HOLDS_BYTES = 32 * 1_024 // then it is told no more until it has read on
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

let folder: string
let db: Database<Client>
let client: Client
let feeds: ReturnType<typeof createFeeds>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-begins-'))
  db = await openLive(folder)
  client = db.read
  feeds = feedsOf()
})
afterEach(async () => {
  await feeds.stop()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

function feedsOf() {
  const health = createHealth(createLogger('live', 'silent'))
  return createFeeds({ read: client, ask: async () => null, health, tally: createTally() })
}

/** Of each line the id of its event grows with its number, in whatever order they are kept. */
const eventOf = (said: number) => uuidv7({ msecs: 1_790_000_000_000 + said, seq: 0 })
const hear = (lines: number[], text = '', at = Date.now()) =>
  db.write((tx) =>
    keep(
      tx,
      lines.map((said) => ({
        ...{ topic: ROOM, event: eventOf(said), at, kind: 'room.said' },
        data: JSON.stringify({ said, text }),
      })),
    ),
  )

/** Somebody who watches the room, and what they have been told. */
async function watch(after?: string) {
  const lines: number[] = []
  const resets: string[] = []
  let lastId = ''
  const topic = topicNamed(ROOM)
  if (topic === null) throw new Error('no such topic')
  let unsent = 0
  const take = (text: string) => {
    for (const [, id] of text.matchAll(/^id: (.*)$/gm)) lastId = String(id)
    for (const [, json] of text.matchAll(/^data: (.*)$/gm)) {
      const { kind, data } = JSON.parse(String(json))
      if (kind === 'reset') resets.push(data.why)
      else lines.push(data.said)
    }
  }
  const stream = {
    send: () => {},
    pass: (event: Buffer) => {
      take(String(event))
      unsent += event.length
    },
    unsent: () => {
      const held = unsent
      if (held >= HOLDS_BYTES) unsent = 0 // it reads on once it has held up whoever tells it
      return held
    },
    end: () => {},
    cut: () => {},
  }
  const readers = createReaders(createHub(feeds.of, MARK))
  await readers.let([{ topic, key: '', after, field: 'topic', session: undefined }], () => stream)
  return { lines, resets, lastId: () => lastId }
}

describe('whoever comes to a room of which the newest was kept before history', () => {
  it('is told the newest fifty, and each once', async () => {
    await hear(numbers(63, 66))
    await hear(numbers(1, 62))

    const { lines } = await watch()

    expect(lines).toEqual(expect.arrayContaining(numbers(17, 66)))
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('is told them too where history is more than is told again, as who stood before that hears that there is a gap', async () => {
    await hear(numbers(701, 705))
    const early = await watch()
    await hear(numbers(1, 700))
    await until(() => early.resets.length > 0 || early.lines.length > 5)
    const newcomer = await watch()

    await until(() => [newcomer, early].every(({ lines }) => lines.includes(700)), { what: 'both to be told all' })
    for (const { lines } of [newcomer, early]) expect(lines).toEqual(expect.arrayContaining(numbers(656, 705)))
    expect([newcomer.resets, early.resets]).toEqual([[], ['too far back']])
  })

  it('is told all of them though they read slowly', async () => {
    await hear(numbers(651, 700), 'x'.repeat(2_000))
    await hear(numbers(1, 650))

    const { lines, resets } = await watch()

    await until(() => numbers(651, 700).every((said) => lines.includes(said)), { what: 'all of the newest to be told' })
    await until(() => lines.includes(650), { what: 'all of history to be told' })
    expect(resets).toEqual([])
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('is told them where some of history is deleted', async () => {
    await hear(numbers(63, 66))
    await hear(numbers(1, 62), '', Date.now() - 31 * 24 * 3_600_000)
    await db.write((tx) => pruneTopics(tx, Date.now(), 100))

    const { lines } = await watch()

    expect(lines).toEqual(numbers(63, 66))
  })
})

describe('whoever has been told all', () => {
  it('hears of no gap where all of it is deleted', async () => {
    await hear(numbers(1, 3), '', Date.now() - 31 * 24 * 3_600_000)
    const { lines, resets } = await watch()
    expect(lines).toEqual([1, 2, 3])

    await db.write((tx) => pruneTopics(tx, Date.now(), 100))
    feeds.nudge('live')
    await watch() // a look later
    await hear([4])
    feeds.nudge('live')

    await until(() => lines.length > 3)
    expect([lines, resets]).toEqual([[1, 2, 3, 4], []])
  })
})

describe('whoever comes back', () => {
  it('hears that there is a gap though more is kept while it is looked', async () => {
    await hear(numbers(1, 195))
    const first = await watch()
    await hear(numbers(196, 700))
    await feeds.stop()
    client = Object.create(db.read, {
      $queryRaw: {
        value: async (query: TemplateStringsArray, ...values: unknown[]) => {
          const rows = await db.read.$queryRaw(query, ...values)
          if (query.join().includes('MAX(seq)') && query.join().includes('"Topic"')) await hear(numbers(701, 710))
          return rows
        },
      },
    })
    feeds = feedsOf()

    const back = await watch(first.lastId())

    expect(back.resets).toEqual(['too far back'])
  })
})
