import { get, Refusal } from '/assets/js/api.js'
import { follow } from '/assets/js/stream.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @typedef {{ link: 'asking' | 'live' | 'away' | 'none', sale: SaleAnswer | null }} Known */

const AGAIN_MS = 1_500

/** What is known of a sale: as it was asked for, and then as its stream tells. @param {string} id @returns {Known} */
export function useSale(id) {
  const [known, setKnown] = useState(/** @type {Known} */ ({ link: 'asking', sale: null }))
  useEffect(() => {
    const learn = (/** @type {Partial<Known>} */ news) => setKnown((before) => ({ ...before, ...news }))
    /** @type {ReturnType<typeof follow> | null} */ let stream = null
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
      stream = follow(() => `${path}/watch`, {
        up: () => learn({ link: 'live' }),
        down: () => learn({ link: 'away' }),
        hear: (sale) => learn({ sale }),
      })
    }
    void open()
    return () => {
      clearTimeout(timer)
      stream?.close()
    }
  }, [id])
  return known
}
