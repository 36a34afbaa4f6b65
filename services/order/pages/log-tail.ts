import { join } from 'node:path'
import { z } from 'zod'
import { every } from '../../../shared/every.ts'
import type { Logger } from '../../../shared/logger.ts'
import { createFileTail } from './file-tail.ts'

const READ_MS = 250
const FIRST_LINES = 200
const LINES_MAX = 50 // per reader and look; what is beyond it is counted, for nobody reads that fast

const fact = z.looseObject({ time: z.number(), service: z.string(), msg: z.string(), order: z.string().optional() })

export type Fact = z.infer<typeof fact>
/** New lines, oldest first, and how many more there were. */
export type News = { lines: string[]; skipped: number }

/** The log of all processes, as it grows. `lastFacts` is what each service has said last. */
export type LogTail = {
  follow(filter: string, hear: (news: News) => void): () => void
  lastFacts(): Record<string, Fact>
  stop(): Promise<void>
}

type Reader = { filter: string; isNew: boolean; hear(news: News): void }

/** Follows `<dataDir>/logs/orderline.log` while somebody reads. Each reader begins with the last lines there are. */
export function createLogTail(dataDir: string, log: Logger): LogTail {
  const readers = new Set<Reader>()
  const last = new Map<string, Fact>()
  const file = createFileTail(join(dataDir, 'logs', 'orderline.log'))
  const loop = every(READ_MS, 'log.tail', log, async () => {
    if (readers.size === 0) return file.skip()
    const lines = await file.more()
    const before = [...readers].some(({ isNew }) => isNew) ? await file.last() : lines
    for (const line of before) note(line, last)
    for (const reader of readers) {
      if (reader.isNew) tell(reader, before, FIRST_LINES)
      else tell(reader, lines, LINES_MAX)
      reader.isNew = false
    }
  })
  return {
    follow: (filter, hear) => {
      const reader = { filter: filter.toLowerCase(), isNew: true, hear }
      readers.add(reader)
      loop.nudge()
      return () => void readers.delete(reader)
    },
    lastFacts: () => Object.fromEntries(last),
    stop: () => loop.stop(),
  }
}

function tell({ filter, isNew, hear }: Reader, all: string[], max: number): void {
  const lines = filter === '' ? all : all.filter((line) => line.toLowerCase().includes(filter))
  const skipped = isNew ? 0 : Math.max(0, lines.length - max)
  if (lines.length > 0) hear({ lines: lines.slice(-max), skipped })
}

function note(line: string, last: Map<string, Fact>): void {
  const parsed = fact.safeParse(parseJson(line))
  if (parsed.success) last.set(parsed.data.service, parsed.data)
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null // cut off, or not ours
  }
}
