import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../../shared/logger.ts'
import { objectBusy, type Refusal, type Verdict } from './api/refusal.ts'
import type { Entry } from './entry.ts'
import type { Ledger } from './ledger.ts'
import type { Locks } from './locks.ts'
import { nowAt, type Switches } from './switches.ts'

export type Deps = { ledger: Ledger; switches: Switches; locks: Locks; log: Logger }

/** What became of a change: the first of the lines that were written, or why none was. */
export type Outcome = { ok: true; entry: Entry } | { ok: false; refusal: Refusal }

const LOCK_WAIT_MS = 3_000
const LOCK_PAUSE_MS = 20

/**
 * Decides and writes a change that no request under an idempotency key asks for, alone with the object it changes: what is
 * being changed just now is waited for.
 */
export async function change(deps: Deps, lock: string, decide: (at: number) => Verdict): Promise<Outcome> {
  const { locks, switches } = deps
  for (const giveUpAt = performance.now() + LOCK_WAIT_MS; locks.has(lock); await wait(LOCK_PAUSE_MS))
    if (performance.now() > giveUpAt) return { ok: false, refusal: objectBusy(lock) }
  locks.add(lock)
  try {
    return await record(decide(nowAt(switches)), deps)
  } finally {
    locks.delete(lock)
  }
}

/** Writes what was decided, if it was. */
export async function record(verdict: Verdict, { ledger, log }: Deps): Promise<Outcome> {
  if (!verdict.ok) return verdict
  await ledger.write(verdict.entries)
  for (const entry of verdict.entries) tell(entry, log)
  return { ok: true, entry: verdict.entries[0] }
}

function tell(entry: Entry, log: Logger): void {
  const { orderId, intentId, amountCents, key } = entry
  log.info(
    { orderId, intentId, amountCents, key, ...('status' in entry && { status: entry.status }) },
    wording[entry.kind],
  )
}

const wording = {
  open: 'intent.opened',
  charge: 'card.charged',
  decline: 'card.declined',
  refund: 'charge.refunded',
  cancel: 'intent.cancelled',
  dispute: 'charge.disputed',
  session: 'session.told',
} satisfies Record<Entry['kind'], string>
