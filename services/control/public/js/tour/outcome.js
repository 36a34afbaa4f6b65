import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { progressNow, scoreOf } from './progress.js'

/** @import { Begun } from './guide.js' */
/** @import { Break, GuessWords, Outcome as OutcomeName } from './station.js' */

/** What was said to come of a break, held beside what did, with its figures; until then, whether one has to do something about it. */
export function Outcome(
  /** @type {{ id: string, words: GuessWords, now: Break, guess: OutcomeName | undefined, begun: Begun }} */ {
    id,
    words,
    now,
    guess,
    begun,
  },
) {
  const { outcome, seen, isBroken } = now
  const isRight = outcome === guess
  const score = scoreOf({ ...progressNow()[id], [now.id]: isRight }) // it is noted only after it was shown
  return html`
    <div class="came-of-it" role="status" data-look=${outcome === null ? 'pending' : isRight ? 'well' : 'other'}>
      <p class="small">${t(`tour.${id}.break.${now.id}`)}${outcome !== null && !isBroken && ` · ${t('tour.score', score)}`}</p>
      ${
        outcome === null
          ? html`<${Meanwhile} now=${now} begun=${begun} />`
          : html`<p><b>${t(isRight ? words.right : words.wrong, { guess: t(`outcome.${guess}`), outcome: t(`outcome.${outcome}`) })}</b></p>`
      }
      ${seen && html`<p class="seen">${seen}</p>`}
      ${outcome !== null && isBroken && html`<p class="still">${t('tour.still')}</p>`}
    </div>`
}

function Meanwhile(/** @type {{ now: Break, begun: Begun }} */ { now, begun }) {
  if (begun === 'begins') return html`<p>${t('tour.soon')}</p>`
  if (begun === 'repaired') return html`<p>${t('tour.repaired')}</p>`
  return now.lasts ? html`<p class="still">${t('tour.lasts')}</p>` : html`<p>${t('tour.watch')}</p>`
}
