import { useEffect, useRef } from '/assets/vendor/htm-preact.js'

/**
 * For the heading of what goes step by step: after each it has the focus, for what was pressed may not be there any more.
 * @param {unknown} step
 */
export function useFocusAfter(step) {
  const ref = useRef(/** @type {HTMLElement | null} */ (null))
  const before = useRef(step)
  useEffect(() => {
    if (before.current !== step) ref.current?.focus()
    before.current = step
  }, [step])
  return ref
}
