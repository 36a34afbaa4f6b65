import { useEffect } from '/assets/vendor/htm-preact.js'

const UNSEEN_MS = 1_000

/**
 * Looks at once, and again and again for as long as a part of a page is shown. `look` resolves to how long to wait after it (ms), or
 * to null when there is nothing more to be looked at; it does not reject. Nothing is looked at while the page is hidden. What a look
 * finds when `isOld()` is about `inputs` that have changed meanwhile, or for a part that is gone.
 * @param {(isOld: () => boolean) => Promise<number | null>} look
 * @param {readonly unknown[]} inputs which begin it anew when they change
 */
export function useAgain(look, inputs) {
  useEffect(() => {
    let isOver = false
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    const go = async () => {
      const waitMs = document.hidden ? UNSEEN_MS : await look(() => isOver)
      if (!isOver && waitMs !== null) timer = setTimeout(go, waitMs)
    }
    void go()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, inputs)
}
