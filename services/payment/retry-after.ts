/**
 * What a `Retry-After` says, in ms from `now`: seconds, or a date. Null where it says nothing that can be understood.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function msUntil(retryAfter: string | undefined, now: number): number | null {
  if (retryAfter === undefined) return null
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? null : Math.max(at - now, 0)
}
