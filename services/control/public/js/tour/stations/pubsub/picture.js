import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { useWindow } from './use-window.js'

/** @import { Side, Talk } from '../../../../../tour/pubsub/talk-shape.ts' */
/** @import { Pubsub } from './use-pubsub.js' */

const CROWDS = [100, 1_000]
const ROWS = /** @type {const} */ (['open', 'told', 'missed', 'again', 'p50Ms', 'p99Ms', 'window'])

/** What listeners have heard: those whose server has a log, and beside them those whose server only passes on what is published. */
export function PubsubPicture(/** @type {{ shown: Pubsub }} */ { shown }) {
  const { now, listeners, setListeners, isBusy } = shown
  const heard = useWindow()
  const choose = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) =>
    setListeners(Number(currentTarget.value))
  return html`
    <div class="pubsub">
      <div class="figures">
        <label>${t('tour.pubsub.listeners')} <select value=${listeners} disabled=${isBusy} onChange=${choose}>${CROWDS.map((count) => html`<option value=${count}>${number(count)}</option>`)}</select></label>
        <a href="/" target="_blank">${t('tour.pubsub.window.open')}</a><a href="/" target="_blank">${t('tour.pubsub.openAnother')}</a>
        <span class="small">${heard === null ? t('tour.pubsub.here.none') : t('tour.pubsub.here', { count: number(heard.count), took: span(heard.tookMs) })}</span>
      </div>
      <p class="small" role=${now?.isOver ? 'status' : null}>${sayTalk(now)}</p>
      <div class="halves">
        <${SidePanel} name="ours" talk=${now} /><${SidePanel} name="plain" talk=${now} />
      </div>
    </div>`
}

/** @param {Talk | null} talk */
function sayTalk(talk) {
  if (talk === null) return t('tour.pubsub.none')
  if (talk.trouble !== null) return talk.trouble
  if (talk.said === 0) return t('tour.pubsub.gathering')
  return t(talk.isOver ? 'tour.pubsub.over' : 'tour.pubsub.saying', { said: number(talk.said) })
}

/** One kind of listeners: how many of them have heard each piece of news, and in figures. @param {{ name: 'ours' | 'plain', talk: Talk | null }} props */
function SidePanel({ name, talk }) {
  const side = talk?.[name]
  return html`
    <section class="half" data-side=${name} aria-label=${t(`tour.pubsub.${name}`)}>
      <h3>${t(`tour.pubsub.${name}`)}</h3>
      <ol class="notes" aria-label=${t('tour.pubsub.perNote')}>
        ${(side?.perNote ?? []).map(
          (count, i) =>
            html`<li style=${{ '--share': count / Math.max(1, talk?.listeners ?? 1) }} data-whole=${count === talk?.listeners}><i aria-hidden="true"></i><span class="unseen">${t('tour.pubsub.note', { n: number(i + 1) })}</span> ${number(count)}</li>`,
        )}
      </ol>
      <dl>${ROWS.map((row) => html`<div data-figure=${row}><dt>${t(`tour.pubsub.${row}`)}</dt><dd>${figureOf(talk, side, row)}</dd></div>`)}</dl>
    </section>`
}

/** What is not heard yet is missed only once the talk is over. @param {Talk | null} talk @param {Side | undefined} side @param {(typeof ROWS)[number]} row */
function figureOf(talk, side, row) {
  if (row === 'missed' && !talk?.isOver) return '–'
  const value = side?.[row] ?? null
  if (value === null) return '–'
  return row.endsWith('Ms') ? span(value) : number(value)
}
