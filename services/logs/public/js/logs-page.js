import { serverNow } from '/assets/js/api.js'
import { ArchiveList } from '/assets/js/logs/archive-list.js'
import { ErrorList } from '/assets/js/logs/error-list.js'
import { Funnel } from '/assets/js/logs/funnel.js'
import { MinuteChart } from '/assets/js/logs/minute-chart.js'
import { span, t } from '/assets/js/text.js'
import { html, useCallback, useState } from '/assets/vendor/htm-preact.js'
import { AnomalyList } from './anomaly-list.js'
import { LinesPanel } from './lines-panel.js'
import { ServiceTable } from './service-table.js'
import { usePolled } from './use-polled.js'
import { useWish } from './use-wish.js'
import { Whole } from './whole.js'

/** @import { Wish } from './wish.js' */
/** @import { ChecksAnswer } from '../../checks-answer.ts' */
/** @import { CompletenessAnswer } from '../../completeness-answer.ts' */
/** @import { ErrorsAnswer } from '../../errors-answer.ts' */
/** @import { FunnelAnswer } from '../../funnel-answer.ts' */
/** @import { SummaryAnswer } from '../../summary-answer.ts' */
/** @import { ArchiveAnswer } from '../../archive-answer.ts' */
/** @template T @typedef {import('./use-polled.js').Polled<T>} Polled */

const WINDOWS = [15, 60, 1_440]
const SOON_MS = 2_000
const LATER_MS = 10_000 // what takes the service longer, or changes seldom

/** What all programs have written down, and what it tells, live. */
export function LogsPage(/** @type {{ onLocked: () => void }} */ { onLocked }) {
  const [minutes, setMinutes] = useState(60)
  const { wish, want } = useWish()
  const narrow = useCallback((/** @type {Partial<Wish>} */ more) => want({ subject: '', q: '', ...more }), [want])
  /** @type {Polled<SummaryAnswer>} */
  const summary = usePolled(`/api/admin/logs/summary?minutes=${minutes}`, SOON_MS, onLocked)
  /** @type {Polled<FunnelAnswer>} */
  const funnel = usePolled(`/api/admin/logs/funnel?minutes=${minutes}`, SOON_MS, onLocked)
  /** @type {Polled<ErrorsAnswer>} */
  const errors = usePolled(`/api/admin/logs/errors?minutes=${minutes}`, SOON_MS, onLocked)
  /** @type {Polled<CompletenessAnswer>} */
  const completeness = usePolled('/api/admin/logs/completeness', SOON_MS, onLocked)
  /** @type {Polled<ChecksAnswer>} */
  const checks = usePolled(`/api/admin/logs/checks?minutes=${minutes}`, LATER_MS, onLocked)
  /** @type {Polled<ArchiveAnswer>} */
  const archive = usePolled('/api/admin/logs/archive', LATER_MS, onLocked)
  return html`
    <div class="logs-page">
      <header class="logs-head">
        <h1>${t('logs.title')}</h1>
        <${Pulse} summary=${summary} />
        <label class="window">
          <span class="unseen">${t('logs.window')}</span>
          <select value=${minutes} onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ event) => setMinutes(Number(event.currentTarget.value))}>
            ${WINDOWS.map((one) => html`<option value=${one}>${t(`logs.window.${one}`)}</option>`)}
          </select>
        </label>
        <a class="small to-room" href="/control">${t('logs.toRoom')}</a>
      </header>
      <div class="logs-figures">
        <${MinuteChart} summary=${summary.value} />
        <${ServiceTable} summary=${summary.value} only=${(/** @type {string} */ service) => want({ service })} />
        <${Funnel} funnel=${funnel.value} />
        <${Whole} completeness=${completeness.value} checks=${checks} />
      </div>
      <${LinesPanel} wish=${wish} want=${want} services=${summary.value?.services ?? NONE} onLocked=${onLocked} />
      <div class="logs-side">
        <${AnomalyList} anomalies=${summary.value?.anomalies ?? null} find=${narrow} />
        <${ErrorList} errors=${errors.value?.errors ?? null} find=${narrow} />
        <${ArchiveList} archive=${archive.value} />
      </div>
    </div>`
}

/** @type {never[]} */
const NONE = []

/** How live the figures are, and how far the log is behind. */
function Pulse(/** @type {{ summary: Polled<SummaryAnswer> }} */ { summary: { value, isAway } }) {
  const newestAt = value?.newestAt ?? null
  const ago = newestAt === null ? '' : span(Math.max(0, serverNow() - Date.parse(newestAt)))
  const look = isAway ? 'gone' : value === null ? 'connecting' : 'live'
  return html`
    <p class="pulse" role="status" data-look=${look}>${t(isAway ? 'logs.away' : `room.${look}`)}</p>
    <p class="small" hidden=${newestAt === null}>${t('logs.behind', { ago })}</p>`
}
