import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { BrokenNow } from './broken-now.js'
import { ListBreaker } from './list-breaker.js'
import { ModeSwitch } from './mode-switch.js'
import { OrderPlacer, Placing } from './order-placer.js'

/** @import { Faults, Session } from '../../session-answer.ts' */
/** @import { Known } from './room-store.js' */
/** @import { Acts } from './use-acts.js' */

/**
 * What is broken now, the way back, and all that may be broken which is no station of the pipeline. `said` is what was done last.
 * @param {{ known: Known, session: Session, faults: Faults, acts: Acts, said: string }} props
 */
export function FaultsPanel({ known, session, faults, acts, said }) {
  const scene = known.picture?.scene ?? null
  return html`
    <section class="break">
      <div class="break-head">
        <h2>${t('break.title')}</h2>
        <button class="repair" onClick=${acts.repair}>${t('break.repair')}</button>
      </div>
      <div class="said">
        <${BrokenNow} known=${known} session=${session} />
        <p role="status">${said}</p>
      </div>
      <${Group} title="break.place" extra=${html`<${Placing} burst=${scene?.burst ?? null} />`}><${OrderPlacer} counts=${faults.counts} burst=${scene?.burst ?? null} place=${acts.place} /><//>
      <${Group} title="break.redis"><${ListBreaker} services=${session.services} acts=${acts} /><//>
      ${faults.simulators.map(
        ({ name, modes }) => html`
        <${Group} key=${name} title=${`break.${name}`} extra=${name === 'sms' && phones(faults.phonesUrl)}>
          <${ModeSwitch} name=${name} modes=${modes} current=${scene?.modes[name] ?? null} turn=${acts.turn} />
        <//>`,
      )}
    </section>`
}

/** @param {string | null} url */
const phones = (url) => url && html`<a href=${url} target="_blank" rel="noreferrer">${t('break.phones')}</a>`

function Group(/** @type {{ title: string, extra?: unknown, children?: unknown }} */ { title, extra, children }) {
  return html`
    <div class="group" role="group" aria-label=${t(title)}>
      <div class="group-head"><h3>${t(title)}</h3>${extra}</div>
      ${children}
    </div>`
}
