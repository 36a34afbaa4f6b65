import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Ask } from '../../../shared/web/ask-service.ts'
import { partOf } from './parts.ts'
import type { Away, Fact } from './snapshot.ts'

const PATIENCE_MS = 400 // one who answers later is shown at the next look

const told = z.array(z.object({ text: z.string(), lines: z.array(z.string()), skipped: z.int() }))
const answer = z.object({ upTo: z.int(), facts: z.array(z.string()), news: told, before: told })
const fact = z.looseObject({ time: z.number(), service: z.string(), msg: z.string(), order: z.string().optional() })

/** Lines that contain a text (in lower case), for rooms that have been told of it before or are new to it. */
export type LogWish = { text: string; isNew: boolean }

/** The log at one moment. Parts as rooms are told them; null for new ones where logs has not answered. */
export type LogLook = {
  partsFor(wish: LogWish): string[] | null
  /** What each service has said last. */
  facts: Record<string, Fact>
  /** Null while logs answers. */
  away: Away
}

/** Reads what is new in the log, for all rooms at once. Never rejects. */
export type LogReader = { look(wishes: LogWish[]): Promise<LogLook> }

type Answer = z.infer<typeof answer>

/**
 * Asks logs what is new since the last answer, once at a time: while it is away nothing is skipped, it is told when it is
 * back. An answer that comes late is told at the next look; rooms that were new when it was asked are new still.
 */
export function createLogReader(ask: Ask): LogReader {
  const last = new Map<string, Fact>()
  let after: number | null = null
  let knownAt: number | null = null
  let away: Away = null
  let asking: Promise<Answer | null> | null = null

  const read = async (wishes: LogWish[]): Promise<Answer> => {
    const texts = (isNew: boolean) => wishes.filter((wish) => wish.isNew === isNew).map(({ text }) => text)
    const reply = await ask('logs', '/ops/lines', { after, watched: texts(false), begun: texts(true) })
    if (reply?.status !== 200) throw new Error('logs does not answer')
    return answer.parse(reply.body)
  }
  const take = (found: Answer | null) => {
    asking = null
    if (found === null) return
    after = found.upTo
    knownAt = Date.now()
    noteFacts(found.facts, last)
  }
  return {
    look: async (wishes) => {
      asking ??= read(wishes).catch(() => null)
      const patience = delay(away === null ? PATIENCE_MS : 0, undefined, { ref: false })
      const found = await Promise.race([asking, patience])
      if (found !== undefined) take(found) // else it is awaited at the next look
      const told = found ?? null
      away = told === null ? { knownAt } : null
      return { partsFor: (wish) => partsIn(told, wish), facts: Object.fromEntries(last), away }
    },
  }
}

/** A text that nothing is new of is no part. A late answer does not know the rooms that came after it was asked for. */
function partsIn(found: Answer | null, { text, isNew }: LogWish): string[] | null {
  const one = (isNew ? found?.before : found?.news)?.find((each) => each.text === text)
  if (one === undefined) return isNew ? null : []
  const { lines, skipped } = one
  return isNew || lines.length + skipped > 0 ? [partOf('log', { lines, skipped })] : []
}

function noteFacts(lines: string[], last: Map<string, Fact>): void {
  for (const line of lines) {
    const parsed = fact.safeParse(parseJson(line))
    if (parsed.success) last.set(parsed.data.service, parsed.data)
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null // cut off, or not ours
  }
}
