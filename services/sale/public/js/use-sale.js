import { get, Refusal } from '/assets/js/api.js'
import { watch } from '/assets/js/live.js'
import { useAgain } from '/assets/js/use-again.js'
import { useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @typedef {{ link: 'asking' | 'live' | 'away' | 'none', sale: SaleAnswer | null }} Known */

const AGAIN_MS = 2_000

/** What is known of a sale: as it was asked for, and then as it is told live; while nothing is told it is asked for again. @param {string} id @returns {Known} */
export function useSale(id) {
  const [known, setKnown] = useState(/** @type {Known} */ ({ link: 'asking', sale: null }))
  const isLive = useRef(false)
  const learn = (/** @type {Partial<Known>} */ news) => setKnown((before) => ({ ...before, ...news }))
  useEffect(() => {
    const watching = watch([{ topic: `sale:${id}` }], {
      live: (is) => {
        isLive.current = is
      },
      hear: ({ kind, data }) => void (kind === 'sale' && learn({ link: 'live', sale: data })),
    })
    return () => watching.close()
  }, [id])
  useAgain(
    async (isOld) => {
      const told = isLive.current ? null : await ask(id)
      if (told !== null && !isLive.current && !isOld()) learn(told) // what is told live is newer
      return told?.link === 'none' ? null : AGAIN_MS * (0.75 + Math.random() / 2) // a crowd does not come back at once
    },
    [id],
  )
  return known
}

/** @param {string} id @returns {Promise<Partial<Known>>} */
async function ask(id) {
  try {
    return { link: 'live', sale: await get(`/api/sales/${encodeURIComponent(id)}`) }
  } catch (error) {
    return { link: error instanceof Refusal && error.status === 404 ? 'none' : 'away' }
  }
}
