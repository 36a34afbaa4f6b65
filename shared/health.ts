import { printable } from '../terminal/printable.ts'
import type { Logger } from './logger.ts'

/** One thing that may fail for a while, and tells how it fares: a loop, a connection, a store. */
export type Watched = {
  /** It works; `isSure` that it goes on. Otherwise that is believed a second after the last failure. */
  ok(isSure?: boolean): void
  failed(error: unknown): void
}

/** What fails now, why, and for how long (ms). */
export type Trouble = { what: string; reason: string; forMs: number }

/** How a process fares. Whoever sees a failure first tells it here, and nobody needs to tell it again. */
export type Health = {
  log: Logger
  /** Failures of others that `explains` knows are its own to tell: it has their cause. */
  watch(what: string, explains?: (error: unknown) => boolean): Watched
  troubles(): Trouble[]
}

type Failing = { reason: string; since: number; last: number; told: Told; isCalm: boolean }
type Told = { reason: string; at: number }

const NEVER: Told = { reason: '', at: Number.NEGATIVE_INFINITY }
const CALM_MS = 1_000 // a failure now and then is one trouble, not many
const RETELL_MS = 10_000 // a trouble whose reason changes is told again, but not with every change

/**
 * Says once when something begins to fail, with its cause, and once when that is over, with how long it lasted.
 * What fails for the same reason is one trouble: a Redis that refuses everything has one line, not one per loop.
 */
export function createHealth(log: Logger, now: () => number = () => performance.now()): Health {
  const failing = new Map<string, Failing>()
  const explaining = new Set<(error: unknown) => boolean>()
  const others = (what: string, reason: string) =>
    [...failing].some(([other, trouble]) => other !== what && trouble.reason === reason)

  const failed = (what: string, error: unknown) => {
    if ([...explaining].some((explains) => explains(error))) return
    const reason = reasonOf(error)
    const before = failing.get(what)
    const told = before?.told ?? NEVER
    const isNews = reason !== told.reason && now() - told.at >= RETELL_MS && !others(what, reason)
    failing.set(what, {
      reason,
      since: before?.since ?? now(),
      last: now(),
      told: isNews ? { reason, at: now() } : told,
      isCalm: false,
    })
    if (isNews) log.error({ what, reason, err: error }, 'trouble.began')
  }
  const ok = (what: string, isSure: boolean) => {
    const trouble = failing.get(what)
    if (trouble === undefined) return
    trouble.isCalm = true
    if (!isSure && now() - trouble.last < CALM_MS) return void setTimeout(() => settle(what), CALM_MS).unref()
    failing.delete(what)
    const { reason, since } = trouble
    if (!others(what, reason)) log.info({ what, reason, ms: Math.round(now() - since) }, 'trouble.over')
  }
  /** It may be a while until somebody says again that it works. */
  const settle = (what: string) => {
    if (failing.get(what)?.isCalm) ok(what, true)
  }
  return {
    log,
    watch: (what, explains) => {
      if (explains) explaining.add(explains)
      return { ok: (isSure = false) => ok(what, isSure), failed: (error) => failed(what, error) }
    },
    troubles: () =>
      [...failing].map(([what, { reason, since }]) => ({ what, reason, forMs: Math.round(now() - since) })),
  }
}

const REASON_MAX = 1_000 // characters

/** What went wrong, in a person's words. They may quote a message that is not one, and end up in a terminal. */
export function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : wordsFor(error)).slice(0, REASON_MAX)
}

function wordsFor(error: unknown): string {
  try {
    return String(error)
  } catch {
    return 'something that cannot be put into words' // an object without a prototype, for one
  }
}
