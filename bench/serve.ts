import type { Question, Reply } from './talk.ts'

/** Answers by question. What a question carries is believed: the contest that asks it is compiled together with us. */
type Answers = Record<string, (value: never) => Promise<unknown>>

const STOP_LIMIT_MS = 10_000

/**
 * The child's side of `startProcess`: says that it is ready, answers questions, several at once if they come so,
 * and ends on SIGTERM or when the bench is gone.
 */
export function serve(answers: Answers, stop: () => Promise<void>): void {
  process.on('message', (message) => void answer(message as Question, answers)) // only startProcess forks this
  process.once('SIGTERM', () => void end(stop))
  process.once('disconnect', () => void end(stop))
  process.on('SIGINT', () => {}) // Ctrl-C is for the bench, which then stops us
  say({ id: 0, value: 'ready' })
}

async function answer({ id, question, value }: Question, answers: Answers): Promise<void> {
  try {
    const work = answers[question]
    if (work === undefined) throw new Error(`nobody here knows about ${question}`)
    say({ id, value: await work(value as never) })
  } catch (error) {
    say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function say(reply: Reply): void {
  if (process.connected) process.send?.(reply)
}

async function end(stop: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
  await stop()
  process.exit(0)
}
