import { useAgain } from '/assets/js/use-again.js'
import { useRef, useState } from '/assets/vendor/htm-preact.js'

/** @import { RoomStore } from './room-store.js' */

/**
 * What a path answers, asked again after so long for as long as it is shown, and at once by `again`. What was answered last stays
 * while nobody answers, and goes when another path is asked. A `null` path asks nothing.
 * @template T
 * @param {RoomStore} store @param {string | null} path @param {number} periodMs
 * @returns {{ found: T | null, failure: string | null, again: () => Promise<void> }}
 */
export function useAsked(store, path, periodMs) {
  const [told, setTold] = useState(
    /** @type {{ path: string | null, found: T | null, failure: string | null }} */ (NOTHING),
  )
  const wanted = useRef(path)
  wanted.current = path
  const again = async () => {
    if (path === null) return
    /** @type {(news: { found?: T, failure: string | null }) => void} */
    const tell = (news) => {
      if (wanted.current === path)
        setTold((before) => ({ ...(before.path === path ? before : NOTHING), path, ...news }))
    }
    await store.get(path).then(
      (found) => tell({ found, failure: null }),
      (error) => tell({ failure: error.message }),
    )
  }
  useAgain(async () => {
    await again()
    return path === null ? null : periodMs
  }, [path])
  const { found, failure } = told.path === path ? told : NOTHING
  return { found, failure, again }
}

const NOTHING = { path: null, found: null, failure: null }
