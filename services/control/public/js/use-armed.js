import { useEffect } from '/assets/vendor/htm-preact.js'

/**
 * The button that the address speaks of (`stop:payment`) has the focus and is lit until it is pressed or left; nothing is pressed
 * here. Where there is no such button, because that is stopped already, nothing is lit.
 * @param {string | undefined} arm @param {boolean} isKnown whether the buttons are there
 */
export function useArmed(arm, isKnown) {
  useEffect(() => {
    const [does = '', name = ''] = (arm ?? '').split(':')
    if (does === '' || name === '' || !isKnown) return
    const button = document.querySelector(`[data-process="${CSS.escape(name)}"] [data-does="${CSS.escape(does)}"]`)
    if (!(button instanceof HTMLButtonElement)) return
    const disarm = () => delete button.dataset.armed
    button.dataset.armed = ''
    button.scrollIntoView({ block: 'nearest' })
    button.focus({ preventScroll: true })
    for (const end of ['click', 'blur']) button.addEventListener(end, disarm, { once: true })
    return disarm
  }, [arm, isKnown])
}
