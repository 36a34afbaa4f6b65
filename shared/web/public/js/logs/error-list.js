import { html } from '/assets/vendor/htm-preact.js'
import { dateAndClock, number, t } from '../text.js'

/** @import { ErrorsAnswer } from '../../../../../services/logs/errors-answer.ts' */
/** @import { Wish } from '../../../../../services/logs/public/js/wish.js' */
/** @typedef {{ errors: ErrorsAnswer['errors'] | null, find: (wish: Partial<Wish>) => void }} Props */

/** What goes wrong, once for each kind, with the newest line of it. */
export function ErrorList(/** @type {Props} */ { errors, find }) {
  return html`
    <section class="part top-errors" aria-labelledby="errors-title">
      <div class="section-head"><h2 id="errors-title">${t('logs.errors')}</h2></div>
      <div class="box" tabindex="0" role="group" aria-labelledby="errors-title">
        ${(errors ?? []).map((error) => html`<${Kind} key=${error.fingerprint} error=${error} find=${find} />`)}
        ${errors?.length === 0 && html`<p class="empty">${t('logs.errors.none')}</p>`}
      </div>
    </section>`
}

/** @param {{ error: ErrorsAnswer['errors'][number], find: Props['find'] }} props */
function Kind({ error: { service, msg, words, place, count, firstAt, lastAt, sample }, find }) {
  const when = t('logs.error.when', { service, last: dateAndClock(lastAt), first: dateAndClock(firstAt) })
  return html`
    <details>
      <summary><span class="name">${words || msg}</span> <b>${number(count)}</b></summary>
      <p class="small">${when}</p>
      ${place !== null && html`<p class="small">${t('logs.error.where', { where: place })}</p>`}
      <p class="small">${t('logs.error.sample')}</p>
      <pre class="verbatim">${sample}</pre>
      <button class="quiet" onClick=${() => find({ q: msg, service, level: '50' })}>${t('logs.error.find')}</button>
    </details>`
}
