import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf, sayStanding } from './say-standing.js'
import { standingOfProcess } from './standing.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Known } from './room-store.js' */

/** What is broken at this moment, whoever broke it; never what was. */
export function BrokenNow(/** @type {{ known: Known, session: Session }} */ { known, session }) {
  return html`<p class="broken-now">${words(known, session)}</p>`
}

/** @param {Known} known @param {Session} session */
function words(known, session) {
  const processes = known.picture?.scene?.processes ?? []
  if (known.staleMs !== null) return t('break.unknown', { ago: span(known.staleMs) })
  if (processes.length === 0) return t('room.loading')
  const standings = processes.map(({ name }) => ({ name, standing: standingOfProcess(name, known, session) }))
  const broken = standings.filter(({ standing }) => standing.look !== 'up')
  if (broken.length === 0) return t('break.nothing')
  const list = broken.map(({ name, standing }) => `${nameOf(name)} · ${sayStanding(standing)}`)
  return t('break.now', { list: list.join(t('break.and')) })
}
