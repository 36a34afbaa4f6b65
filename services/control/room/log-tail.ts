import { join } from 'node:path'
import { z } from 'zod'
import { createFileTail } from './file-tail.ts'
import { partOf } from './parts.ts'
import type { Fact } from './snapshot.ts'

// Nobody reads more than a few lines a second; who has narrowed the log wants to miss nothing.
const ALL = { newMax: 40, firstMax: 200, lookBackBytes: 256 * 1024 }
const NARROWED = { newMax: 200, firstMax: 300, lookBackBytes: 4 * 1024 * 1024 }

const fact = z.looseObject({ time: z.number(), service: z.string(), msg: z.string(), order: z.string().optional() })

/** The log of all processes as it grows, `<dataDir>/logs/orderline.log`. Filters are in lower case. */
export type LogTail = {
  /** The lines that came since the last call. */
  more(): Promise<string[]>
  /** The part that tells of these lines; none where no line is to be told. */
  newsIn(lines: string[], filter: string): string[]
  /** The part that tells of the last lines up to now. */
  before(filter: string): Promise<string[]>
  /** What each service has said last. */
  lastFacts(): Record<string, Fact>
}

export function createLogTail(dataDir: string): LogTail {
  const file = createFileTail(join(dataDir, 'logs', 'orderline.log'))
  const last = new Map<string, Fact>()
  return {
    more: async () => {
      const lines = await file.more()
      noteLast(lines, last)
      return lines
    },
    newsIn: (lines, filter) => {
      const { newMax } = filter === '' ? ALL : NARROWED
      const wanted = narrow(lines, filter)
      const skipped = Math.max(0, wanted.length - newMax)
      return wanted.length === 0 ? [] : [partOf('log', { lines: wanted.slice(-newMax), skipped })]
    },
    before: async (filter) => {
      const { firstMax, lookBackBytes } = filter === '' ? ALL : NARROWED
      const wanted = narrow(await file.last(lookBackBytes), filter)
      return [partOf('log', { lines: wanted.slice(-firstMax), skipped: 0 })]
    },
    lastFacts: () => Object.fromEntries(last),
  }
}

/** In the text as it is: parsing lines that nobody will see is what would cost most. */
function narrow(lines: string[], filter: string): string[] {
  return filter === '' ? lines : lines.filter((line) => line.toLowerCase().includes(filter))
}

function noteLast(lines: string[], last: Map<string, Fact>): void {
  const noted = new Set<string>()
  for (const line of lines.toReversed()) {
    const service = /"service":"([^"]+)"/.exec(line)?.[1] ?? ''
    const parsed = noted.has(service) ? null : fact.safeParse(parseJson(line))
    if (!parsed?.success) continue
    noted.add(service)
    last.set(service, parsed.data)
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null // cut off, or not ours
  }
}
