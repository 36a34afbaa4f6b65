import type { Service } from '../../../shared/routes.ts'
import type { State } from '../../../shared/states.ts'
import type { MailSummary } from '../../../shared/web/mailbox.ts'
import type { LoadClass } from '../../../shared/web/overload.ts'

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
  orderAway: { knownAt: number | null } | null
  /** What each service has said last. */
  facts: Record<string, Fact>
  /** Null while order cannot be asked. */
  dam: Dam | null
  audit: Verdict | null
  /** Only in the demo. */
  scene: Scene | null
  mails: { messages: MailSummary[]; total: number } | null
}

/** What differs from room to room, by its wish: the newest orders in a state, and log lines that contain a text. */
export type Own = { newest: ListedOrder[]; log: News }

/** What a stream carries: the first event has everything, those after it only what has changed; of the chart, too. */
export type Snapshot = Pick<View, 'at'> & Partial<View & Own> & { isFirst?: true; chart: Point[] }

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
  /** Why nothing of this is known; null where it is. */
  trouble: string | null
  workers: WorkerState[]
}

/** How a peak is held back: what waits for each hop on the way to the money, in its order. Rates are a second, times in ms. */
export type Dam = {
  hops: Hop[]
  /** In how many ms an order that is placed now is expected to be paid; null while nobody can tell. */
  expectedPaidInMs: number | null
  /** No order is taken that would wait for longer. */
  promiseMs: number
  /** How late the event loop of order is. */
  delayMs: number
  /** Requests refused since the start, by class. */
  shed: Record<LoadClass, number>
}

export type Hop = {
  service: Service
  /** All that is before it: what is in lists, on its senders' disks, and what its workers hold. */
  waiting: number
  listed: number
  onDisk: number
  held: number
  inPerS: number
  outPerS: number
  /** What it is taken to manage, by what it was seen to, and by its pace. */
  canPerS: number
  /** Until what is placed now is through it; null while nobody works there. */
  waitMs: number | null
  /** Calls that the world outside is asked, at most; null where there is no pace. */
  pacePerS: number | null
  /** Calls that may be under way at once, of all its workers; null while none tells. */
  atOnce: number | null
  underWay: number | null
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
export type Scene = { processes: Process[]; modes: Record<string, string | null>; burst: Burst | null }

export type Process = { name: string; state: string; pid?: number | undefined }

/** The orders placed last: how many were asked for, accepted and not accepted so far. */
export type Burst = { wanted: number; accepted: number; failed: number; isOver: boolean }

/** One second: when (s), orders placed, orders paid, and ms from placed to paid. */
export type Point = { t: number; placed: number; paid: number; p50Ms: number | null; p95Ms: number | null }

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
