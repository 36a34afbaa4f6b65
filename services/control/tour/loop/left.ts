import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { tutorialKey } from '../../../../shared/keys.ts'
import type { Redis } from '../../../../shared/store/redis.ts'
import type { Demo } from '../../demo/demo.ts'
import { untilTrue } from './until-true.ts'

const START_LIMIT_MS = 15_000
const LISTED_MAX = 500

const entry = z.object({ number: z.string(), at: z.number() })

/** What can be seen of the tutorial's loop from outside: its list, its hash, its bank's book, and its programs. */
export type LeftLook = {
  listed: string[]
  statuses: Record<string, string>
  charges: string[]
  up: string[]
}

type Deps = { demo: Demo; redis: Redis; dataDir: string }
export type Left = ReturnType<typeof createLeft>

/** The tutorial's loop, as the tour starts, feeds and breaks it. */
export function createLeft({ demo, redis, dataDir }: Deps) {
  const book = join(dataDir, 'tutorial', 'charges.jsonl')
  const upNow = async () =>
    (await demo.onDemand()).filter(({ name, state }) => PARTS.includes(name) && state === 'up').map(({ name }) => name)
  return {
    look: async (): Promise<LeftLook> => {
      const [listed, statuses, charges, up] = await Promise.all([
        redis.lrange(tutorialKey('myqueue'), 0, LISTED_MAX),
        redis.hgetall(tutorialKey('message_status')), // the page that shows commands does not show this one
        chargesIn(book),
        upNow(),
      ])
      return { listed, statuses, charges, up }
    },
    /** Starts what does not run. Resolves when both do. */
    start: async (): Promise<void> => {
      for (const { name, state } of await demo.onDemand())
        if (PARTS.includes(name) && state === 'stopped') await demo.control('start', name)
      await untilTrue(async () => (await upNow()).length === PARTS.length, START_LIMIT_MS, 'the tutorial to be up')
    },
    stop: async (): Promise<void> => {
      await Promise.all(PARTS.map((name) => demo.control('stop', name)))
    },
    /** Forgets all that it had, so that it begins anew. */
    clear: async (): Promise<void> => {
      const keys = [tutorialKey('myqueue'), tutorialKey('message_status')] // one by one: in a cluster they are on two nodes
      await Promise.all([...keys.map((key) => redis.del(key)), rm(book, { force: true })])
    },
    /** A customer's order, in the tutorial's words; its producer pushes it. */
    send: (number: string): Promise<void> => {
      const data = { username: 'Ada', email: 'ada@example.com', cents: CENTS }
      return demo.tell(PRODUCER, { type: 'order', message: { message_id: number, data } })
    },
    loseAnswer: () => demo.tell(CONSUMER, { type: 'loseAnswer' }),
    poison: async (): Promise<void> => void (await redis.lpush(tutorialKey('myqueue'), '{"this is": not JSON')),
  }
}

export const CONSUMER = 'tutorial-consumer'
export const PRODUCER = 'tutorial-producer'
const PARTS = [PRODUCER, CONSUMER]
const CENTS = 1_800

/** The number of each charge in the book. */
async function chargesIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1) // the last line may be half written
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => entry.parse(JSON.parse(line)).number)
}
