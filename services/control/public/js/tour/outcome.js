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
          ? html`<p>${t(saidMeanwhile(now, begun))}</p>`
          : html`<p><b>${t(isRight ? words.right : words.wrong, { guess: t(`outcome.${guess}`), outcome: t(`outcome.${outcome}`) })}</b></p>`
      }
      ${seen && html`<p class="seen">${seen}</p>`}
      ${outcome !== null && isBroken && html`<p class="still">${t('tour.still')}</p>`}
    </div>`
}

/** @param {Break} now @param {Begun} begun */
function saidMeanwhile({ lasts }, begun) {
  if (begun === 'begins') return 'tour.soon'
  if (begun === 'repaired') return 'tour.repaired'
  return lasts ? 'tour.lasts' : 'tour.watch'
}
