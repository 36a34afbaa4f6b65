import { addWords, language, t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { Bench } from './bench.js'
import { stations } from './station.js'
import { StationList } from './station-list.js'

/** @import { Session } from '../../../session-answer.ts' */
/** @import { Station } from './station.js' */

/** The tour: one station at a time, by its name in the address. */
export function Tour(/** @type {{ session: Session }} */ { session }) {
  const id = useAddress()
  const { station, failed } = useStation(id)
  if (!session.isDemo) return html`<p class="placeholder">${t('tour.noDemo')}</p>`
  return html`
    <div class="stage">
      <h1 class="unseen">${t('tour.title')}</h1>
      <${StationList} current=${id} />
      ${
        station === null
          ? html`<p class="placeholder" role="status">${t(failed ? 'room.gone' : 'tour.loading')}</p>`
          : html`<${Bench} key=${id} station=${station} session=${session} />`
      }
    </div>`
}

const named = () => stations.find(({ id }) => id === location.hash.slice(1)) ?? stations[0]
const idNow = () => named()?.id ?? ''

function useAddress() {
  const [id, setId] = useState(idNow)
  useEffect(() => {
    const look = () => setId(idNow())
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
  return id
}

const AGAIN_MS = 2_000

/** Null until it is loaded, and its words; where the server is away it is asked for again. */
function useStation(/** @type {string} */ id) {
  const [loaded, setLoaded] = useState(/** @type {Station | null} */ (null))
  const [failures, setFailures] = useState(0)
  useEffect(() => {
    const entry = stations.find((one) => one.id === id)
    if (entry === undefined) return
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    Promise.all([entry.load(), entry.words[language]()]).then(
      ([{ station }, { words }]) => {
        addWords(words)
        setLoaded(station)
      },
      () => {
        timer = setTimeout(() => setFailures(failures + 1), AGAIN_MS)
      },
    )
    return () => clearTimeout(timer)
  }, [id, failures])
  return { station: loaded?.id === id ? loaded : null, failed: failures > 0 }
}
