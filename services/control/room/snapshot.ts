import type { Service } from '../../../shared/routes.ts'
import type { State } from '../../../shared/states.ts'
import type { MailSummary } from '../../../shared/web/mailbox.ts'
import type { Verdict } from '../demo/audit-in-child.ts'
import type { Scene } from '../demo/scene.ts'
import type { QueueState } from '../queues/queue-state.ts'
import type { ListedOrder } from './books.ts'
import type { Point } from './chart.ts'
import type { Fact } from './log-tail.ts'

/** The list of a service and its workers; `handledPerS` is by worker. */
export type Queue = QueueState & { service: Service; dead: number | null; handledPerS: Record<string, number> }

/** What everyone may see. Null: it cannot be told. Times in ms. */
export type View = {
  at: number
  queues: Queue[] | null
  /** How many orders there are in each state, as order told last. */
  orders: Record<State, number> | null
  /** Null while order answers; `knownAt` is when it last did, and null if it never has since somebody watches. */
  orderAway: { knownAt: number | null } | null
  /** What each service has said last. */
  facts: Record<string, Fact>
  audit: Verdict | null
  /** Only in the demo. */
  scene: Scene | null
  mails: { messages: MailSummary[]; total: number } | null
}

/** What differs from room to room, by its wish: the newest orders in a state, and log lines that contain a text. */
export type Own = {
  newest: ListedOrder[]
  log: { lines: string[]; skipped: number }
}

/** What a stream carries: the first event has everything, those after it only what has changed; of the chart, too. */
export type Snapshot = Partial<View & Own> & { isFirst?: true; chart: Point[] }
