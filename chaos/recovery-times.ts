export type Percentiles = { count: number; p50Ms: number; p99Ms: number }

/**
 * How long the work of a killed service waits. `redeliveries`: until a sender pushed its messages again;
 * `returns`: until the service has handled a message again. In ms.
 */
export type RecoveryTimes = {
  redeliveries: number[]
  returns: number[]
  killed(service: string, atMs: number): void
  saw(fact: { service: string; msg: string; queue?: string | undefined }, atMs: number): void
}

const WATCHED_MS = 5_000 // what comes later has another cause

/** Notes the first line after each kill that tells of recovery. */
export function recoveryTimes(): RecoveryTimes {
  const killedAt = { redelivery: new Map<string, number>(), return: new Map<string, number>() }
  const redeliveries: number[] = []
  const returns: number[] = []
  return {
    redeliveries,
    returns,
    killed(service, atMs) {
      killedAt.redelivery.clear() // what is pushed from now on may be for this death and not for one before
      killedAt.redelivery.set(service, atMs)
      killedAt.return.set(service, atMs)
    },
    saw({ service, msg, queue = '' }, atMs) {
      if (msg === 'outbox.repushed') take(killedAt.redelivery, queue, atMs, redeliveries)
      if (handled.has(msg)) take(killedAt.return, service, atMs, returns)
    },
  }
}

// What the services log when a message has been handled.
const handled = new Set([
  ...['stock.reserved', 'stock.rejected', 'stock.released', 'payment.captured', 'payment.declined', 'mail.sent'],
  ...['reservation.noted', 'rejection.noted', 'capture.noted', 'decline.noted', 'refund.noted', 'payment.refunded'],
])

function take(since: Map<string, number>, service: string, atMs: number, into: number[]): void {
  const killedAtMs = since.get(service)
  if (killedAtMs === undefined || atMs <= killedAtMs) return
  since.delete(service)
  if (atMs - killedAtMs < WATCHED_MS) into.push(atMs - killedAtMs)
}

/** The median and the 99th percentile. */
export function percentile(samplesMs: number[]): Percentiles {
  const sorted = [...samplesMs].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) }
}
