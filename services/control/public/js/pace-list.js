import { t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { nameOf, rate } from './say-standing.js'

/** @import { RoomStore } from './room-store.js' */
/** @typedef {{ service: string, perSecond: number | null, byDefault: number | null, isSet: boolean }} Pace */

/** How fast the world outside is asked, each way out by itself, and the field that sets it. */
export function PaceList(/** @type {{ store: RoomStore }} */ { store }) {
  const [paces, setPaces] = useState(/** @type {Pace[]} */ ([]))
  const [said, setSaid] = useState('')
  const read = () => store.get('/api/admin/pace').then(({ paces: told }) => setPaces(told))
  useEffect(() => void read().catch(() => {}), [])
  const set = async (/** @type {string} */ service, /** @type {number | null} */ perSecond) => {
    const done = store.post('/api/admin/pace', { service, perSecond }).then(read)
    const words = () => t('pace.done', { name: nameOfWay(service) })
    setSaid(await done.then(words, (error) => t('done.failed', { why: error.message })))
  }
  if (paces.length === 0) return null
  return html`
    <div class="paces" role="group" aria-label=${t('pace.title')}>
      <h3>${t('pace.title')}</h3>
      <p class="small">${t('pace.about')}</p>
      <ul>${paces.map((pace) => html`<${PaceForm} key=${pace.service} pace=${pace} set=${set} />`)}</ul>
      <p class="small" role="status">${said}</p>
    </div>`
}

function PaceForm(
  /** @type {{ pace: Pace, set: (service: string, perSecond: number | null) => void }} */ { pace, set },
) {
  const { service, perSecond, byDefault, isSet } = pace
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    const wanted = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('perSecond')
    set(service, wanted === '' ? null : Number(wanted))
  }
  const usual = t('pace.usual', { rate: byDefault === null ? t('pace.unlimited') : rate(byDefault) })
  return html`
    <li>
      <form data-pace=${service} onSubmit=${submit}>
        <label for=${`pace-${service}`}>${nameOfWay(service)}</label>
        <input id=${`pace-${service}`} name="perSecond" type="number" min="0.01" max="100000" step="any"
          placeholder=${t('pace.unlimited')} defaultValue=${perSecond ?? ''} key=${perSecond} />
        <button class="quiet" type="submit">${t('pace.set')}</button>
        ${isSet && html`<button class="quiet" type="button" onClick=${() => set(service, null)}>${usual}</button>`}
      </form>
    </li>`
}

/** @param {string} way */
const nameOfWay = (way) => (way.endsWith(':aside') ? nameOf('sms-gateway') : nameOf(OUTSIDE[way] ?? way))

/** Who is asked there. @type {Record<string, string>} */
const OUTSIDE = { payment: 'payment-gateway', notification: 'mailbox' }
