import { get, Refusal } from '/assets/js/api.js'
import { watch } from '/assets/js/live.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @typedef {{ link: 'asking' | 'live' | 'away' | 'none', sale: SaleAnswer | null }} Known */

const AGAIN_MS = 2_000

/** What is known of a sale: as it was asked for, and then as it is told live; while nothing is told it is asked for again. @param {string} id @returns {Known} */
export function useSale(id) {
  const [known, setKnown] = useState(/** @type {Known} */ ({ link: 'asking', sale: null }))
  useEffect(() => {
    const learn = (/** @type {Partial<Known>} */ news) => setKnown((before) => ({ ...before, ...news }))
    let isLive = false
    let isOver = false
    const watching = watch([{ topic: `sale:${id}` }], {
      live: (is) => {
        isLive = is
      },
      hear: ({ kind, data }) => void (kind === 'sale' && learn({ link: 'live', sale: data })),
    })
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    const look = async () => {
      const told = isLive || document.hidden ? null : await ask(id)
      if (told !== null && !isLive) learn(told) // what is told live is newer
      if (told?.link === 'none') return
      if (!isOver) timer = setTimeout(look, AGAIN_MS * (0.75 + Math.random() / 2)) // a crowd does not come back at once
    }
    void look()
    return () => {
      isOver = true
      clearTimeout(timer)
      watching.close()
    }
  }, [id])
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
