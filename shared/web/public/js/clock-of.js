import { span } from './text.js'

const SECONDS_SHOWN_MS = 2 * 60 * 60_000 // before that nobody counts them

/** What a clock that runs down shows: `29:41`, `1:02:03`, or words where it is long. */
export function clockOf(/** @type {number} */ ms) {
  if (ms > SECONDS_SHOWN_MS) return span(ms)
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts
    .slice(parts[0] === 0 ? 1 : 0)
    .map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':')
}
