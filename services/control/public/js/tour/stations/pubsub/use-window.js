import { serverNow } from '/assets/js/api.js'
import { watch } from '/assets/js/live.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** How much of the news this window has heard since the station is shown, and how long the last took (ms); null before anything. */
export function useWindow() {
  const [heard, setHeard] = useState(/** @type {{ count: number, tookMs: number } | null} */ (null))
  useEffect(() => {
    const since = serverNow()
    const watching = watch([{ topic: 'news' }], {
      hear: ({ kind, at }) => {
        const postedAt = Date.parse(at ?? '')
        if (kind !== 'news.posted' || !(postedAt >= since)) return
        const tookMs = Math.max(0, serverNow() - postedAt)
        setHeard((before) => ({ count: (before?.count ?? 0) + 1, tookMs }))
      },
    })
    return () => watching.close()
  }, [])
  return heard
}
