import { useLayoutEffect, useRef } from '/assets/vendor/htm-preact.js'

const NEAR_PX = 40

/**
 * For a list that grows: it stays at its end while somebody is there, and where it is while somebody reads further up.
 * @param {unknown} shown what is in it @param {boolean} [isWanted]
 */
export function useEnd(shown, isWanted = true) {
  const ref = useRef(/** @type {HTMLElement | null} */ (null))
  const isThere = useRef(true)
  const onScroll = (/** @type {{ currentTarget: HTMLElement }} */ { currentTarget: list }) => {
    isThere.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX
  }
  useLayoutEffect(() => {
    if (isWanted && ref.current && isThere.current) ref.current.scrollTop = ref.current.scrollHeight
  }, [shown])
  return { ref, onScroll }
}
