import { z } from 'zod'
import { percentile, type RecoveryTimes, recoveryTimes } from './recovery-times.ts'

const line = z.object({
  service: z.string(),
  msg: z.string(),
  name: z.string().optional(),
  url: z.string().optional(),
  queue: z.string().optional(),
  count: z.number().optional(),
  reason: z.string().optional(),
  subject: z.string().nullish(),
})

type Fact = z.infer<typeof line>

const KEPT_MAX = 50 // of the lines that tell of trouble; the log file has all of them

/** Reads the log as it is written and keeps only figures of it. */
export class LogWatch {
  readonly urls = new Map<string, string>()
  readonly deaths = new Map<string, number>()
  readonly trouble: string[] = []
  readonly times: RecoveryTimes = recoveryTimes()
  repushed = 0
  lostMailAnswers = 0
  isReady = false

  hear(text: string): void {
    const fact = parse(text)
    if (fact !== undefined) this.#note(fact, text)
    else if (!this.isReady) this.#keep(text) // why it does not start; later it is the banner, or torn last words
  }

  #note(fact: Fact, text: string): void {
    const { service, msg, name = '', url, count = 0 } = fact
    this.times.saw(fact, performance.now()) // by our clock: theirs are stepped
    if (msg === 'ready' && url !== undefined) this.urls.set(service, url)
    if (msg === 'outbox.repushed') this.repushed += count
    if (msg === 'launcher.ready') this.isReady = true
    if (msg === 'process.died') this.deaths.set(name, (this.deaths.get(name) ?? 0) + 1)
    if (service === 'mailbox' && msg === 'answer.lost') this.lostMailAnswers++
    if (isTrouble(fact)) this.#keep(text)
  }

  deathCount(): number {
    return [...this.deaths.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Times from a kill to what followed, in ms: half of them, and all but one in a hundred, are below these. */
  recovery() {
    const { redeliveries, returns } = this.times
    return { redelivery: percentile(redeliveries), return: percentile(returns) }
  }

  #keep(text: string): void {
    if (text.trim() !== '' && this.trouble.length < KEPT_MAX) this.trouble.push(text.slice(0, 2_000))
  }
}

/** What should not happen whatever is done to the shop; a dead letter of our own poison names no order. */
function isTrouble({ msg, subject }: Fact): boolean {
  return (
    ['http.failed', 'message.stranded', 'not.started'].includes(msg) || (msg === 'message.dead' && Boolean(subject))
  )
}

function parse(text: string): Fact | undefined {
  try {
    return line.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
