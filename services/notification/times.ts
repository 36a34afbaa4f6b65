const inUtc = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  ...{ timeZone: 'UTC', timeZoneName: 'short' },
})

/** A time (ms) for people, with its zone, since nobody has told us theirs: `27 November 2026 at 09:30:00 UTC`. */
export function formatTime(ms: number): string {
  return inUtc.format(ms)
}
