import { html } from '/assets/vendor/htm-preact.js'
import { number, t } from '../text.js'
import { sizeOf } from './size-of.js'

/** @import { ArchiveAnswer } from '../../../../../services/logs/archive-answer.ts' */

/** The hours that are put away, the newest first. */
export function ArchiveList(/** @type {{ archive: ArchiveAnswer | null }} */ { archive }) {
  const total = archive && t('logs.archive.total', { count: number(archive.total), size: sizeOf(archive.bytes) })
  return html`
    <section class="part archive" aria-labelledby="archive-title">
      <div class="section-head">
        <h2 id="archive-title">${t('logs.archive')}</h2>
        <span class="small">${archive !== null && archive.total > 0 && total}</span>
      </div>
      <div class="box" tabindex="0" role="group" aria-labelledby="archive-title">
        ${(archive?.hours ?? []).map(
          ({ name, lines, bytes }) => html`
          <p key=${name} class="hour"><code>${name}.ndjson.gz</code> <span class="small">${t('logs.archive.hour', { lines: number(lines), size: sizeOf(bytes) })}</span></p>`,
        )}
        ${archive?.total === 0 && html`<p class="empty">${t('logs.archive.none')}</p>`}
      </div>
    </section>`
}
