import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { Outcome, Shown } from './station.js' */
/** @typedef {(work: () => Promise<unknown>) => Promise<void>} Attempt */

/** @type {readonly Outcome[]} */
const OUTCOMES = ['lost', 'twice', 'late', 'nothing']

/**
 * Before a break whoever looks says what will come of it; afterwards it is held beside what did.
 * @param {{ id: string, shown: Shown, attempt: Attempt }} props
 */
export function Prediction({ id, shown, attempt }) {
  const [chosen, choose] = useState(shown.breaks[0]?.id ?? '')
  const [guesses, setGuesses] = useState(/** @type {Record<string, Outcome>} */ ({}))
  const now = shown.breaks.find((one) => one.id === chosen)
  if (now === undefined) return null
  const guess = guesses[chosen]
  return html`
    <fieldset class="breaks" hidden=${shown.breaks.length < 2}>
      <legend>${t('tour.breaks')}</legend>
      ${shown.breaks.map(
        (one) => html`
        <label><input type="radio" name="break" checked=${one.id === chosen} onChange=${() => choose(one.id)} /> ${t(`tour.${id}.break.${one.id}`)}</label>`,
      )}
    </fieldset>
    <fieldset class="guesses">
      <legend>${t('tour.guess')}</legend>
      ${OUTCOMES.map(
        (outcome) => html`
        <label><input type="radio" name="guess" checked=${guess === outcome} onChange=${() => setGuesses({ ...guesses, [chosen]: outcome })} /> ${t(`outcome.${outcome}`)}</label>`,
      )}
    </fieldset>
    <div class="actions">
      <button class="danger" data-key="k" disabled=${guess === undefined || now.isBroken} onClick=${() => attempt(now.run)}>${t('tour.break')}</button>
      <button class="quiet" data-key="r" onClick=${() => attempt(shown.repair)}>${t('tour.repair')}</button>
    </div>
    <p class="came-of-it" role="status">${now.outcome !== null && guess !== undefined && t(now.outcome === guess ? 'tour.guessed' : 'tour.otherwise', { guess: t(`outcome.${guess}`), outcome: t(`outcome.${now.outcome}`) })}</p>`
}
