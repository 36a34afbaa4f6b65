import { watch } from '/assets/js/live.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'
import { addSaid } from './said.js'

/** @import { Said } from './said.js' */

/** What is said in the room of a sale, the oldest first; null before anybody could tell. @param {string} sale */
export function useRoom(sale) {
  const [known, setKnown] = useState(
    /** @type {{ all: Said[] | null, isLive: boolean }} */ ({ all: null, isLive: true }),
  )
  useEffect(() => {
    const watching = watch([{ topic: `room:${sale}` }], {
      live: (isLive) => setKnown(({ all }) => ({ all: isLive ? (all ?? []) : all, isLive })),
      hear: (event) => setKnown(({ all, isLive }) => ({ all: addSaid(all ?? [], event), isLive })),
    })
    return watching.close
  }, [sale])
  return known
}
