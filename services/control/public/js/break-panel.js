import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { BrokenNow } from './broken-now.js'
import { ListBreaker } from './list-breaker.js'
import { ModeSwitch } from './mode-switch.js'
import { OrderPlacer } from './order-placer.js'
import { ProcessList } from './process-list.js'

/** @import { Faults, Session } from '../../session-answer.ts' */
/** @import { Known, RoomStore } from './room-store.js' */
/** @typedef {(action: Record<string, unknown>, words: (count: number) => string) => Promise<void>} Act */

/**
 * Everything that may be broken on purpose. Each button says afterwards what it did.
 * @param {{ store: RoomStore, known: Known, session: Session, faults: Faults }} props
 */
export function BreakPanel({ store, known, session, faults }) {
  const [said, setSaid] = useState('')
  /** @type {Act} */
  const act = async (action, words) => {
    const done = store.post('/api/admin/demo', action)
    setSaid(
      await done.then(
        ({ count }) => words(count ?? 0),
        (error) => t('done.failed', { why: error.message }),
      ),
    )
  }
  const scene = known.picture?.scene ?? null
  return html`
    <section class="break">
      <h2>${t('break.title')}</h2>
      <p class="small">${t('break.lead')}</p>
      <div class="said">
        <${BrokenNow} known=${known} session=${session} />
        <p role="status">${said}</p>
      </div>
      <${Group} title="break.place"><${OrderPlacer} counts=${faults.counts} burst=${scene?.burst ?? null} act=${act} /><//>
      <${Group} title="break.processes"><${ProcessList} known=${known} session=${session} faults=${faults} act=${act} /><//>
      <${Group} title="break.redis"><${ListBreaker} services=${session.services} act=${act} /><//>
      ${faults.simulators.map(
        ({ name, modes }) => html`
        <${Group} key=${name} title=${`break.${name}`}>
          <${ModeSwitch} name=${name} modes=${modes} current=${scene?.modes[name] ?? null} act=${act} />
          ${name === 'sms' && faults.phonesUrl && html`<p class="small"><a href=${faults.phonesUrl} target="_blank" rel="noreferrer">${t('break.phones')}</a></p>`}
        <//>`,
      )}
    </section>`
}

function Group(/** @type {{ title: string, children?: unknown }} */ { title, children }) {
  return html`
    <div class="group" role="group" aria-label=${t(title)}>
      <h3>${t(title)}</h3>
      ${children}
    </div>`
}
