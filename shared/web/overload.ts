/**
 * What is refused first where there is too much of it, in that order: looking around, joining a sale, placing an order.
 * What is none of these is never refused for it: who has an order pays it, cancels it and looks at it whatever comes.
 */
export const loadClasses = ['browsing', 'joining', 'placing'] as const
export type LoadClass = (typeof loadClasses)[number]

/** How it stands: how late the event loop is, and how long an order placed now would wait, at most `promiseMs`. All in ms. */
export type Load = { delayMs: number; waitMs: number; promiseMs: number }

/** How late the event loop may be, smoothed, before its process is full: a stall is none. An order takes 10 ms of it. */
const LATE_MS = { browsing: 150, joining: 400 }
const CALM_MS = 2_000 // by then it may be less late

/**
 * In how many ms what is refused now may be asked again; null where it is not refused. Where too much waits, that is when
 * enough of it is through, if no more comes. Pure.
 */
export function refusedForMs(what: LoadClass, { delayMs, waitMs, promiseMs }: Load): number | null {
  if (what === 'placing') return waitMs > promiseMs ? waitMs - promiseMs : null
  return delayMs > LATE_MS[what] ? CALM_MS : null
}

const SPREAD_MIN_MS = 3_000

/** `Retry-After`, in seconds: never too early, and spread, or all that were refused would come back at once. */
export function retryAfterS(againMs: number, random: () => number): number {
  return Math.ceil((againMs + random() * Math.max(againMs, SPREAD_MIN_MS)) / 1_000)
}
