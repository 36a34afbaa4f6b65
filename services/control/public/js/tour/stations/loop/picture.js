import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { ByName } from './by-name.js'
import { GapList } from './gap-list.js'
import { Matrix } from './matrix.js'
import { SourcePair } from './source-pair.js'
import { TimeAxis } from './time-axis.js'

/** @import { LoopNow } from '../../../../../tour/loop/loop-answer.ts' */
/** @import { Act } from './use-loop.js' */

const VIEWS = ['time', 'gaps', 'code']

/** Both sides in one picture, in one of three ways: along the time, gap by gap, and line beside line. */
export function Picture(/** @type {{ loop: LoopNow | null, act: Act, dead: number | null }} */ { loop, act, dead }) {
  const [view, setView] = useState('time')
  if (loop === null) return html`<p class="placeholder">${t('room.loading')}</p>`
  return html`
    <div class="both">
      <div class="views" role="group" aria-label=${t('tour.loop.views')}>
        ${VIEWS.map(
          (one) =>
            html`<button class="quiet" aria-pressed=${one === view} onClick=${() => setView(one)}>${t(`tour.loop.view.${one}`)}</button>`,
        )}
      </div>
      ${view === 'time' && html`<div class="together"><${TimeAxis} loop=${loop} /><${Matrix} loop=${loop} /><${ByName} loop=${loop} dead=${dead} /></div>`}
      ${view === 'gaps' && html`<${GapList} loop=${loop} act=${act} />`}
      ${view === 'code' && html`<${SourcePair} sources=${loop.sources} />`}
    </div>`
}
