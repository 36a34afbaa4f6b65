import { t } from '/assets/js/text.js'
import { html, useCallback } from '/assets/vendor/htm-preact.js'
import { Found } from './found.js'
import { Tail } from './tail.js'
import { isSearch, typedOf, wishIn } from './wish.js'

/** @import { Wish } from './wish.js' */
/** @typedef {{ wish: Wish, want: (more: Partial<Wish>) => void, services: { service: string }[], onLocked: () => void }} Props */

const LEVELS = ['40', '50']

/** The lines: as they come, or those that were looked for. */
export function LinesPanel(/** @type {Props} */ { wish, want, services, onLocked }) {
  const only = useCallback((/** @type {string} */ text) => want(wishIn(text)), [want])
  const search = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    want(wishIn(String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('text'))))
  }
  const all = () => want({ subject: '', q: '' })
  const named = new Set([...services.map(({ service }) => service), ...(wish.service === '' ? [] : [wish.service])])
  return html`
    <section class="part log-part" aria-labelledby="lines-title">
      <form class="lines-head" role="search" onSubmit=${search}>
        <h2 id="lines-title">${t(isSearch(wish) ? 'logs.lines' : 'logs.live')}</h2>
        <input key=${typedOf(wish)} name="text" type="search" maxlength="200" defaultValue=${typedOf(wish)}
          placeholder=${t('logs.search')} aria-label=${t('logs.search')} />
        <button class="quiet" type="submit">${t('logs.search.go')}</button>
        <${Choice} label=${t('logs.service')} any=${t('logs.anyService')} value=${wish.service} choose=${(/** @type {string} */ service) => want({ service })}
          options=${[...named].sort().map((service) => [service, service])} />
        <${Choice} label=${t('logs.anyLevel')} any=${t('logs.anyLevel')} value=${wish.level} choose=${(/** @type {string} */ level) => want({ level })}
          options=${LEVELS.map((level) => [level, t(`logs.level.${level}`)])} />
      </form>
      ${
        isSearch(wish)
          ? html`<${Found} wish=${wish} only=${only} all=${all} onLocked=${onLocked} />`
          : html`<${Tail} wish=${wish} only=${only} />`
      }
    </section>`
}

/** @param {{ label: string, any: string, value: string, choose: (value: string) => void, options: string[][] }} props */
function Choice({ label, any, value, choose, options }) {
  return html`
    <select aria-label=${label} value=${value} onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) => choose(currentTarget.value)}>
      <option value="">${any}</option>
      ${options.map(([name, words]) => html`<option value=${name}>${words}</option>`)}
    </select>`
}
