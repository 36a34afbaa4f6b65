import { number, t } from '/assets/js/text.js'
import { useEffect } from '/assets/vendor/htm-preact.js'

/** @import { Known } from './room-store.js' */

/** How many messages wait, before the page's title: it is seen in its tab. While nobody can tell nothing is said. @param {Known} known */
export function useTitle({ picture, staleMs }) {
  const isKnown = staleMs === null && picture?.isRedisAway === false
  const waiting = isKnown ? (picture?.lists ?? []).reduce((sum, queue) => sum + queue.waiting, 0) : 0
  useEffect(() => {
    const title = `${t('room.title')} · Orderline`
    document.title = waiting > 0 ? `(${number(waiting)}) ${title}` : title
    return () => {
      document.title = title
    }
  }, [waiting])
}
