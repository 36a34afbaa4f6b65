import type { Service } from '../../../shared/routes.ts'
import type { State } from '../../../shared/states.ts'
import type { MailSummary } from '../../../shared/web/mailbox.ts'
import type { Peaks } from '../../../shared/web/peaks.ts'

/**
 * What everyone may see. Null: it cannot be told. Times in ms. These types stand by themselves and know nothing of
 * Node, for the page reads them, too.
 */
export type View = {
  at: number
  /** Null while Redis is away. */
  queues: Queue[] | null
  /** How many orders there are in each state, as order told last. */
  orders: Record<State, number> | null
  /** Null while order answers; `knownAt` is when it last did, and null if it never has since somebody watches. */
  orderAway: Away
  /** What each service has said last. */
  facts: Record<string, Fact>
  /** The same of logs, which tells these facts and all lines. */
  logAway: Away
  /** Null while order cannot be asked. */
  dam: Peaks | null
  audit: Verdict | null
  /** Only in the demo. */
  scene: Scene | null
  /** What was broken in the last minutes, and what died, oldest first. */
  marks: Mark[]
  mails: { messages: MailSummary[]; total: number } | null
}

/** Since when somebody has told nothing. */
export type Away = { knownAt: number | null } | null

/** What differs from room to room, by its wish: the newest orders in a state, and log lines that contain a text. */
export type Own = { newest: ListedOrder[]; log: News }

/** What a stream carries: the first event has everything, those after it only what has changed; of the chart, too. */
export type Snapshot = Pick<View, 'at'> & Partial<View & Own> & { isFirst?: true; chart: Point[]; hops?: HopPoint[] }

/** Lines of the log as they were written, and how many more there were. */
export type News = { lines: string[]; skipped: number }

/** The list of a service and its workers; `handledPerS` is by worker, `dead` null while the service cannot be asked. */
export type Queue = QueueState & { service: Service; dead: number | null; handledPerS: Record<string, number> }

/** What Redis shows of one service's queue. `oldestAgeMs` is null when nothing waits. */
export type QueueState = {
  waiting: number
  oldestAgeMs: number | null
  inFlight: number
  retrying: number
  /** True where the two before are lower bounds. */
  isCountCapped: boolean
  /** Since when its workers pop nothing, as the admin wants it; null while they do. */
  pausedAt: number | null
  /** Why nothing of this is known; null where it is. */
  trouble: string | null
  workers: WorkerState[]
}

export type WorkerState = {
  id: string
  isLive: boolean
  beatAgeMs: number
  upMs: number
  handled: number
  retried: number
  buried: number
  inFlight: number
}

/** A line of the log. */
export type Fact = { time: number; service: string; msg: string; order?: string | undefined } & Record<string, unknown>

/** What the independent auditor has found, in the words of the tile. `others` are the checks not counted above. */
export type Verdict = {
  at: number
  tookMs: number
  isAtRest: boolean
  accepted: number
  final: number
  lost: number
  oversold: number
  doubleCharged: number
  others: { check: string; id: string; detail: string }[]
}

/** What the demo shows of its own machinery: `modes` are those of its simulators, null where one does not answer. */
export type Scene = {
  processes: Process[]
  modes: Record<string, string | null>
  burst: Burst | null
  crowd: Crowd | null
}

export type Process = { name: string; state: string; pid?: number | undefined }

/** The orders placed last: how many were asked for, accepted and not accepted so far. */
export type Burst = { wanted: number; accepted: number; failed: number; isOver: boolean }

/**
 * The buyers who were sent to a sale last: how many have a ticket or were refused one, were let in, and have paid as far as
 * they know.
 */
export type Crowd = { sale: string; isOver: boolean } & Record<CrowdCount, number>
type CrowdCount = 'wanted' | 'joined' | 'refused' | 'admitted' | 'paid'

/** One second: when (s), orders placed, orders paid, and ms from placed to paid. */
export type Point = { t: number; placed: number; paid: number } & Record<'p50Ms' | 'p95Ms' | 'p99Ms', number | null>

/** One second: how long messages waited in the list of each service, and were worked on, in ms; null where none was. */
export type HopPoint = { t: number; hops: Record<string, { wait: Spread | null; work: Spread | null }> }
export type Spread = { p50: number; p95: number; p99: number }

/** Something that was done on purpose, `what` as the demo's action calls it, or a death (`died`); `name` is whom it befell. */
export type Mark = { at: number; what: string; name?: string | undefined; mode?: string | undefined }

/** What a repair did: whom it started, turned well, let go on and ended; and whom it could not mend. */
export type Repaired = {
  started: string[]
  turned: string[]
  resumed: Service[]
  ended: ('burst' | 'crowd')[]
  failed: string[]
}

export type ListedOrder = {
  id: string
  number: string
  state: State
  customerName: string
  totalCents: number
  currency: string
  refundedCents: number
  placedAt: string
}
