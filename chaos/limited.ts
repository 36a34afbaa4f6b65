/**
 * Over when `signal` is, or after so long. Not by `AbortSignal.any`: what that makes of others only looks at them, and is never
 * over where memory is swept after they are and before the next look.
 */
export function limited(signal: AbortSignal, limitMs: number): AbortSignal {
  const over = new AbortController()
  const end = () => over.abort()
  setTimeout(end, limitMs).unref()
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { signal: over.signal })
  return over.signal
}
