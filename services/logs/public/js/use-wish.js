import { useCallback, useState } from '/assets/vendor/htm-preact.js'
import { queryOf, wishFrom } from './wish.js'

/** @import { Wish } from './wish.js' */

/** What the lines are narrowed to. It stands in the address, so that others can be sent there. */
export function useWish() {
  const [wish, setWish] = useState(() => wishFrom(location.search))
  const want = useCallback((/** @type {Partial<Wish>} */ more) => {
    setWish((before) => {
      const next = { ...before, ...more }
      const query = String(queryOf(next))
      history.replaceState(null, '', query === '' ? location.pathname : `?${query}`)
      return next
    })
  }, [])
  return { wish, want }
}
