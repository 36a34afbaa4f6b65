import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { RoomStore } from '../room-store.js' */

const LOOK_MS = 400

/** What the server has measured for a station, asked again and again while the page is looked at; null before anything is known. @param {RoomStore} store @param {string} path @returns {any} */
export function useTold(store, path) {
  const [told, setTold] = useState(/** @type {any} */ (null))
  useEffect(() => {
    let isShown = true
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    const look = async () => {
      const next = document.hidden ? null : await store.get(path).catch(() => null)
      if (!isShown) return
      if (next !== null) setTold(next)
      timer = setTimeout(look, LOOK_MS)
    }
    void look()
    return () => {
      isShown = false
      clearTimeout(timer)
    }
  }, [path])
  return told
}
