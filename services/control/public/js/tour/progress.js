/**
 * How far somebody is on the tour, kept for as long as the tab is open: whether each station was done, and for what was broken
 * there whether it was predicted right.
 * @typedef {{ isDone?: boolean } & Record<string, boolean | undefined>} Progress
 */

const KEY = 'tour'

/** @returns {Record<string, Progress>} */
export function progressNow() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
  } catch {
    return {} // somebody else's, or none may be kept
  }
}

/** Notes more of one station. */
export function noteProgress(/** @type {string} */ id, /** @type {Progress} */ more) {
  const all = progressNow()
  const before = all[id] ?? {}
  if (Object.entries(more).every(([what, is]) => before[what] === is)) return
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...all, [id]: { ...before, ...more } }))
  } catch {} // it is not kept
  dispatchEvent(new Event('tour-progress'))
}

/** How many things were broken there, and how many of them came as predicted. */
export function scoreOf(/** @type {Progress} */ { isDone: _, ...breaks } = {}) {
  const tried = Object.values(breaks)
  return { tried: tried.length, right: tried.filter(Boolean).length }
}
