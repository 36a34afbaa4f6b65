import { t } from '/assets/js/text.js'
import { html, useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { progressNow, scoreOf } from './progress.js'
import { stations } from './station.js'

/** The way through the tour: which stations there are, at which one we are, and how each went. */
export function StationList(/** @type {{ current: string }} */ { current }) {
  const progress = useProgress()
  const list = useRef(/** @type {HTMLElement | null} */ (null))
  useEffect(
    () => list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [current],
  )
  useEffect(() => {
    if (list.current) keepInSight(list.current)
  }, [progress]) // its mark and its score make it wider
  return html`
    <nav class="stations" aria-label=${t('tour.stations')}>
      <ol ref=${list}>
        ${stations.map(({ id }) => {
          const { tried, right } = scoreOf(progress[id])
          return html`
            <li>
              <a href=${`#${id}`} aria-current=${id === current ? 'step' : null} data-done=${progress[id]?.isDone === true}>
                ${t(`tour.${id}`)}${tried > 0 && html` <small title=${t('tour.score', { right, tried })}>${right}/${tried}</small>`}
              </a>
            </li>`
        })}
      </ol>
      <p class="hints small"><kbd>←</kbd> <kbd>→</kbd> ${t('tour.keys.go')} <kbd>K</kbd> ${t('tour.keys.break')} <kbd>R</kbd> ${t('tour.keys.repair')}</p>
    </nav>`
}

/** Sideways only: whoever looks at the picture below stays there. @param {HTMLElement} list */
function keepInSight(list) {
  const place = list.querySelector('[aria-current]')?.getBoundingClientRect()
  const over = place === undefined ? 0 : place.right - list.getBoundingClientRect().right
  if (over > 0) list.scrollLeft += over
}

function useProgress() {
  const [progress, setProgress] = useState(progressNow)
  useEffect(() => {
    const look = () => setProgress(progressNow())
    addEventListener('tour-progress', look)
    return () => removeEventListener('tour-progress', look)
  }, [])
  return progress
}

/** The id of the station so many steps away, if there is one. */
export function stationAt(/** @type {string} */ id, /** @type {number} */ steps) {
  return stations[stations.findIndex((one) => one.id === id) + steps]?.id
}
