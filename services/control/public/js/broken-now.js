import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf, sayStanding } from './say-standing.js'
import { standingOfProcess } from './standing.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Picture } from './merge-picture.js' */
/** @import { Known } from './room-store.js' */

/** What is broken at this moment, whoever broke it; never what was. @param {{ known: Known, session: Session }} props */
export function BrokenNow({ known, session }) {
  return html`<p class="broken-now">${words(known, session)}</p>`
}

/** @param {Known} known @param {Session} session */
function words(known, session) {
  const { picture, staleMs } = known
  if (staleMs !== null) return t('break.unknown', { ago: span(staleMs) })
  const processes = picture?.scene?.processes ?? []
  if (picture === null || processes.length === 0) return t('room.loading')
  const standings = processes.map(({ name }) => ({ name, standing: standingOfProcess(name, known, session) }))
  const broken = standings
    .filter(({ standing }) => standing.look !== 'up')
    .map(({ name, standing }) => `${nameOf(name)} · ${sayStanding(standing)}`)
  const all = [...broken, ...pausedIn(picture)]
  return all.length === 0 ? t('break.nothing') : t('break.now', { list: all.join(t('break.and')) })
}

/** @param {Picture} picture */
function pausedIn({ lists }) {
  const paused = lists?.filter(({ pausedAt }) => pausedAt !== null) ?? []
  return paused.map(({ service }) => `${nameOf(service)} · ${t('break.paused')}`)
}
