import { t } from '/assets/js/text.js'
import { html, useLayoutEffect, useRef } from '/assets/vendor/htm-preact.js'
import { clockMs } from './clock-ms.js'

/** @import { Dot } from './dots.js' */

/** One message as it lay in the list, and the steps that it came past. */
export function Letter(/** @type {{ dot: Dot | null, onClose: () => void }} */ { dot, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null))
  useLayoutEffect(() => {
    if (dot !== null && dialog.current?.open === false) dialog.current.showModal()
  }, [dot])
  if (dot === null) return null
  return html`
    <dialog class="letter" ref=${dialog} onClose=${onClose} aria-label=${dot.name}>
      <h3>${dot.name} <small>${t(`service.${dot.from}`)} → ${t(`service.${dot.to}`)}</small></h3>
      <pre tabindex="0">${dot.raw === null ? t('tour.noRaw') : readable(dot.raw)}</pre>
      <ol class="past">
        ${dot.steps.map(({ key, at, service, name, file, line }) => html`<li key=${key}><time>${clockMs(at)}</time> ${t(`service.${service}`)} · ${name} <code>${file}:${line}</code></li>`)}
      </ol>
      <form method="dialog"><button class="quiet">${t('tour.close')}</button></form>
    </dialog>`
}

function readable(/** @type {string} */ raw) {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2)
  } catch {
    return raw
  }
}
