import type { Emitted } from '../../../shared/events.ts'
import type { EventName } from '../../../shared/routes.ts'

/**
 * What a job carries, whichever library carries it: an event, and when it happened (ms). The peers do the same work
 * with the same tables, one job and one transaction at a time, which is how their users write it; and without an
 * outbox, as is usual too: what follows from a job is queued after the commit, and lost by a crash in between. That
 * saves them a write per message.
 */
export type Job<E extends EventName = EventName> = Extract<Emitted, { name: E }> & { at: number }

/** Does one job and tells what follows from it. Throws what shall be tried again. */
export type DoJob = (job: Job) => Promise<Emitted[]>

export type Jobs = { doJob: DoJob; close(): Promise<void> }

type WithInbox = { inbox: { create(row: { data: { id: string; outcome: string; at: number } }): PromiseLike<unknown> } }
type Prisma<Tx> = { $transaction<T>(work: (tx: Tx) => Promise<T>, limits: typeof LIMITS): Promise<T> }

const LIMITS = { maxWait: 20_000, timeout: 20_000 } // ms; jobs that run side by side wait for each other's transactions

/** Runs `work` in one transaction with the row that says so, and not at all where that row is there already. */
export async function once<Tx extends WithInbox>(
  prisma: Prisma<Tx>,
  { subject: orderId, name }: Job,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  try {
    await prisma.$transaction(async (tx) => {
      await tx.inbox.create({ data: { id: `${orderId}.${name}`, outcome: 'done', at: Date.now() } })
      await work(tx)
    }, LIMITS)
  } catch (error) {
    if (!isDoneAlready(error)) throw error
  }
}

/** https://www.prisma.io/docs/orm/reference/error-reference#p2002 */
function isDoneAlready(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}
