import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Way } from './guide.js' */
/** @import { GuessWords, Outcome, Shown } from './station.js' */

/** @type {readonly Outcome[]} */
const OUTCOMES = ['lost', 'twice', 'late', 'nothing']

/** @type {GuessWords} */
const USUAL = { ask: 'tour.guess', right: 'tour.guessed', wrong: 'tour.otherwise' }

/** In which words a station asks for a prediction, and holds it beside what came. */
export const wordsOfGuess = (/** @type {Shown} */ { guessWords = USUAL }) => guessWords

/** Before a break whoever looks says what will come of it. */
export function Prediction(/** @type {{ id: string, shown: Shown, way: Way }} */ { id, shown, way }) {
  const { chosen, guess } = way
  return html`
    <fieldset class="breaks" hidden=${shown.breaks.length < 2}>
      <legend>${t('tour.breaks')}</legend>
      ${shown.breaks.map(
        (one) => html`
        <label class="choice"><input type="radio" name="break" value=${one.id} checked=${one.id === chosen} onChange=${() => way.choose(one.id)} /> ${t(`tour.${id}.break.${one.id}`)}</label>`,
      )}
    </fieldset>
    ${shown.breaks.length === 1 && html`<p class="breaks">${t(`tour.${id}.break.${chosen}`)}</p>`}
    <fieldset class="guesses">
      <legend>${t(wordsOfGuess(shown).ask)}</legend>
      ${OUTCOMES.map(
        (outcome) => html`
        <label class="choice"><input type="radio" name="guess" value=${outcome} checked=${guess === outcome} onChange=${() => way.say(outcome)} /> ${t(`outcome.${outcome}`)}</label>`,
      )}
    </fieldset>
    <button class="primary danger-deed" data-key="k" disabled=${guess === undefined || way.isBusy} onClick=${way.kill}>${t('tour.break')} <kbd>K</kbd></button>`
}
