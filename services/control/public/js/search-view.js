import { comma, dateAndClock, t, tOr } from '/assets/js/text.js'
import { html, useRef } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'
import { useAsked } from './use-asked.js'
import { goTo } from './view.js'

/** @import { Found, Hit } from '../../search/search-answer.ts' */
/** @import { ViewProps } from './room.js' */

const AGAIN_MS = 60_000 // what is on disk under a number changes when somebody does something about it

/** `#/search?q=…`: what is on disk about a number, an e-mail, an id, a sku. @param {ViewProps} props */
export function SearchView({ store, params: { q = '' } }) {
  const path = q === '' ? null : `/api/admin/search?${new URLSearchParams({ q })}`
  const { found, failure } = useAsked(store, path, AGAIN_MS)
  const input = useRef(/** @type {HTMLInputElement | null} */ (null))
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    goTo('search', { q: input.current?.value.trim() ?? '' })
  }
  return html`
    <section class="part" id="search">
      <div class="section-head"><h2>${t('view.search')}</h2></div>
      <form class="search-form" role="search" onSubmit=${submit}>
        <input ref=${input} type="search" name="q" key=${q} defaultValue=${q} maxlength="254"
          placeholder=${t('search.hint')} aria-label=${t('search.hint')} />
        <button class="primary" type="submit">${t('search.go')}</button>
      </form>
      <p class="failure" role="status" hidden=${failure === null}>${failure}</p>
      ${path !== null && html`<${Hits} found=${/** @type {Found | null} */ (found)} hasFailed=${failure !== null} />`}
      ${path === null && html`<p class="small">${t('search.about')}</p>`}
    </section>`
}

/** @param {{ found: Found | null, hasFailed: boolean }} props */
function Hits({ found, hasFailed }) {
  if (found === null) return html`<p class="empty" hidden=${hasFailed}>${t('room.loading')}</p>`
  const { hits, log, unreachable } = found
  const names = unreachable.map((service) => nameOf(service)).join(comma)
  return html`
    <p class="small" role="status">${t(hits.length === 0 ? 'search.none' : 'search.found', { count: hits.length })} ${names && t('letters.unreachable', { list: names })}</p>
    <ul class="hits">${hits.map((hit) => html`<${HitRow} key=${`${hit.kind} ${hit.service} ${hit.id} ${hit.state}`} hit=${hit} />`)}</ul>
    <p><a class="small" href=${log}>${t('search.log')}</a></p>`
}

function HitRow(/** @type {{ hit: Hit }} */ { hit: { kind, service, title, state, at, link } }) {
  const inside = html`<b>${tOr(`event.${title}`, title)}</b>`
  return html`
    <li data-kind=${kind}>
      <span class="kind">${t(`hit.${kind}`)}</span>
      <span class="what">${link === null ? inside : html`<a href=${hereIfHere(link)}>${inside}</a>`} ${stateIn(kind, state)}</span>
      <span class="small">${nameOf(service)}${at && ` · ${dateAndClock(at)}`}</span>
    </li>`
}

/** Within this page an address is what stands behind its `#`. @param {string} link */
const hereIfHere = (link) => link.replace(/^\/control(?=#)/, '')

/** @param {string} kind @param {string | null} state */
function stateIn(kind, state) {
  if (state === null) return ''
  if (kind === 'product') return t('search.free', { count: state })
  return tOr(`hit.state.${state}`, tOr(`state.${state}`, state))
}
