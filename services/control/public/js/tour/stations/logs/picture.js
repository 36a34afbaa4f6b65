import { serverNow } from '/assets/js/api.js'
import { ArchiveList } from '/assets/js/logs/archive-list.js'
import { ErrorList } from '/assets/js/logs/error-list.js'
import { Funnel } from '/assets/js/logs/funnel.js'
import { LineList } from '/assets/js/logs/line-list.js'
import { MinuteChart } from '/assets/js/logs/minute-chart.js'
import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { useTold } from '../../use-told.js'

/** @import { CompletenessAnswer } from '../../../../../../logs/completeness-answer.ts' */
/** @import { SummaryAnswer } from '../../../../../../logs/summary-answer.ts' */
/** @import { TourNow } from '../../station.js' */
/** @import { Logs } from './use-logs.js' */

const WINDOW = 'minutes=15'
const SOON_MS = 2_000
const LATER_MS = 10_000
const AWAY_S = [5, 20, 60]

/** The story of one order, and beside it what all lines add up to. */
export function LogsPicture(/** @type {{ tour: TourNow, shown: Logs }} */ { tour, shown }) {
  const { isUp } = shown
  const tell = (/** @type {string} */ path, everyMs = SOON_MS) => useTold(tour.store, isUp ? path : '', everyMs)
  /** @type {SummaryAnswer | null} */
  const summary = tell(`/api/admin/logs/summary?${WINDOW}`)
  const funnel = tell(`/api/admin/logs/funnel?${WINDOW}`)
  const errors = tell(`/api/admin/logs/errors?${WINDOW}`)
  /** @type {CompletenessAnswer | null} */
  const completeness = tell('/api/admin/logs/completeness')
  const archive = tell('/api/admin/logs/archive', LATER_MS)
  return html`
    <div class="tour-logs">
      <${Standing} shown=${shown} newestAt=${summary?.newestAt ?? null} completeness=${completeness} />
      <${Story} shown=${shown} />
      <div class="adds-up">
        <${MinuteChart} summary=${summary} />
        <${Funnel} funnel=${funnel} />
        <${ErrorList} errors=${errors?.errors ?? null} find=${NOWHERE} />
        <${ArchiveList} archive=${archive} />
      </div>
    </div>`
}

const NOWHERE = () => {}

/** @param {{ shown: Logs }} props */
function Story({ shown: { order, found, outage } }) {
  if (order === null) return html`<p class="placeholder">${t('tour.logs.none')}</p>`
  const inTime = (found?.lines ?? []).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.seq - b.seq) // each file is read by itself
  const lines = inTime.map((line) => ({ seq: line.seq, line, skipped: 0 }))
  const number = found?.lines.find((line) => line.order !== null)?.order ?? (outage === null ? order.number : '…')
  return html`
    <section class="story" aria-labelledby="story-title">
      <h3 id="story-title">${t('tour.logs.story', { order: number, lines: lines.length })} <a class="small" href=${`/logs?subject=${number}`} target="_blank">${t('tour.logs.open')}</a></h3>
      <${LineList} lines=${lines} only=${NOWHERE} />
    </section>`
}

/** Whether lines are collected, how far behind, and how many are missing. @param {{ shown: Logs, newestAt: string | null, completeness: CompletenessAnswer | null }} props */
function Standing({ shown: { isUp, outage, awayS, setAwayS, deed }, newestAt, completeness }) {
  const ago = newestAt === null ? '–' : t('tile.ago', { ago: span(Math.max(0, serverNow() - Date.parse(newestAt))) })
  const choose = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) =>
    setAwayS(Number(currentTarget.value))
  return html`
    <div class="log-standing" data-look=${isUp ? 'well' : 'bad'}>
      <p role="status">${outage === null ? t(isUp ? 'tour.logs.up' : 'tour.logs.down') : t(`tour.logs.${outage.is}`, { orders: number(outage.orders.length) })}</p>
      <dl>
        <div><dt>${t('tour.logs.kept')}</dt><dd>${completeness === null ? '–' : number(completeness.lines)}</dd></div>
        <div><dt>${t('tour.logs.missing')}</dt><dd>${completeness === null ? '–' : number(completeness.missing)}</dd></div>
        <div><dt>${t('tour.logs.newest')}</dt><dd>${ago}</dd></div>
      </dl>
      <label hidden=${!deed.isDone}>${t('tour.logs.awayFor')} <select value=${awayS} onChange=${choose}>${AWAY_S.map((one) => html`<option value=${one}>${span(one * 1_000)}</option>`)}</select></label>
    </div>`
}
