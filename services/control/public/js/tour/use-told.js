import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { RoomStore } from '../room-store.js' */

const LOOK_MS = 400

/**
 * What a server tells, asked again and again while the page is looked at; null before anything is known, and what was told last while
 * nobody answers. An empty path asks for nothing.
 * @param {RoomStore} store @param {string} path @param {number} [everyMs] @returns {any}
 */
export function useTold(store, path, everyMs = LOOK_MS) {
  const [told, setTold] = useState(/** @type {any} */ (null))
  useEffect(() => {
    let isShown = path !== ''
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    const look = async () => {
      const next = document.hidden ? null : await store.get(path).catch(() => null)
      if (!isShown) return
      if (next !== null) setTold(next)
      timer = setTimeout(look, everyMs)
    }
    if (isShown) void look()
    return () => {
      isShown = false
      clearTimeout(timer)
    }
  }, [path])
  return told
}
