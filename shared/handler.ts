import type { Emitted, Message } from './events.ts'
import type { EventName, HeardBy, Service } from './routes.ts'

/** Publishes an event in the transaction at hand: it leaves when, and only when, that one commits. */
export type Emit = (event: Emitted) => void

/** Makes one call to the world outside. Rejects with `Outage`, and gives the signal, when it takes too long; may be made again after `Busy`. */
export type Outside = <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>

/**
 * How much may go out: calls under way `atOnce` in one worker, fewer while that is too many, and `perSecond` by all workers of
 * a service together. `isFixed`: never fewer, for there are many outside, and one that is away says nothing of the others.
 */
export type Limits = { atOnce?: number; perSecond?: number | undefined; isFixed?: boolean }

/** A message together with what `prepare` found out for it. */
export type Prepared<E extends EventName, Found = undefined> = { message: Message<E>; found: Found }

/**
 * What a service does about one event, in two phases. `prepare` talks to the world outside, through `outside`,
 * message by message, all at once, before any transaction; it may run again for the same message, so what it does
 * there carries an idempotency key. `apply` writes the effects of a whole batch in one transaction and emits what
 * follows from them. Throwing `Outage` means try again for as long as it takes, `Busy` not before a
 * while, `Deferral` for as long as this message
 * may wait, `Unfixable` give up at once, anything else try again a few times.
 */
export type Handler<E extends EventName, Client, Found = undefined> = {
  /** What the log calls the event once handled, where no other event follows from it; null where it is not told. */
  says?: string | null
  prepare?(message: Message<E>, outside: Outside): Promise<Found>
  apply(tx: Client, batch: Prepared<E, Found>[], emit: Emit): Promise<void>
}

/** One handler for each event the routes table sends to service `S`, no more and no fewer. */
export type Handlers<S extends Service, Client> = {
  [E in HeardBy<S>]: Handler<E, Client, unknown>
}
