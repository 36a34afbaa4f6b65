import { get, Refusal } from '/assets/js/api.js'
import { watch } from '/assets/js/live.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @typedef {{ link: 'asking' | 'live' | 'away' | 'none', sale: SaleAnswer | null }} Known */

const AGAIN_MS = 1_500

/** What is known of a sale: as it was asked for, and then as it is told live. @param {string} id @returns {Known} */
export function useSale(id) {
  const [known, setKnown] = useState(/** @type {Known} */ ({ link: 'asking', sale: null }))
  useEffect(() => {
    const learn = (/** @type {Partial<Known>} */ news) => setKnown((before) => ({ ...before, ...news }))
    /** @type {ReturnType<typeof watch> | null} */ let watching = null
    let timer = 0
    const path = `/api/sales/${encodeURIComponent(id)}`
    const open = async () => {
      try {
        learn({ link: 'live', sale: await get(path) })
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) return learn({ link: 'none' })
        learn({ link: 'away' })
        timer = setTimeout(open, AGAIN_MS)
        return
      }
      watching = watch([{ topic: `sale:${id}` }], {
        live: (is) => learn({ link: is ? 'live' : 'away' }),
        refused: () => learn({ link: 'away' }),
        hear: ({ kind, data }) => void (kind === 'sale' && learn({ sale: data })),
      })
    }
    void open()
    return () => {
      clearTimeout(timer)
      watching?.close()
    }
  }, [id])
  return known
}
