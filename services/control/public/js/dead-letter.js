import { clock, dateAndClock, t, tOr } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { DiscardForm, EditForm } from './letter-forms.js'
import { nameOf } from './say-standing.js'
import { sayWhy } from './why-given-up.js'

/** @import { DeadLetter as Letter } from '../../queues/dead-letter.ts' */
/** @import { Deal } from './dead-letter-list.js' */

/** @param {{ letter: Letter, replay: (which: object) => void, deal: Deal, isOpened: boolean }} props */
export function DeadLetter({ letter, replay, deal, isOpened }) {
  const { queue, event, body, at, closed } = letter
  const why = sayWhy(letter.reason, t)
  return html`
    <details open=${isOpened}>
      <summary>
        <span class="name"><b>${event === null ? nameOf(queue) : tOr(`event.${event}`, event)}</b> ${why}</span>
        <time datetime=${at}>${clock(at)}</time>
      </summary>
      <p class="small">${t('letters.of', { name: nameOf(queue), at: dateAndClock(at) })} ${why}</p>
      <pre class="verbatim" tabindex="0" aria-label=${t('letters.body')}>${pretty(body)}</pre>
      ${closed === null ? html`<${Ways} letter=${letter} replay=${replay} deal=${deal} />` : html`<${Closed} closed=${closed} />`}
    </details>`
}

/** What can be done about it. @param {{ letter: Letter, replay: (which: object) => void, deal: Deal }} props */
function Ways({ letter, replay, deal }) {
  const { service, id, subject, body, canReplay, canEdit } = letter
  const [form, setForm] = useState(/** @type {'edit' | 'discard' | null} */ (null))
  const open = (/** @type {'edit' | 'discard'} */ which) => () => setForm(form === which ? null : which)
  const isJson = pretty(body) !== body || canReplay
  return html`
    <p class="actions">
      ${canReplay && html`<button class="quiet" onClick=${() => replay({ service, ids: [id] })}>${t('letters.replay')}</button>`}
      ${canEdit && isJson && html`<button class="quiet" aria-expanded=${form === 'edit'} onClick=${open('edit')}>${t('letters.edit')}</button>`}
      ${!canReplay && html`<span class="small">${t('letters.cannot')}</span>`}
      <button class="quiet danger" aria-expanded=${form === 'discard'} onClick=${open('discard')}>${t('letters.discard')}</button>
      ${subject && canReplay && html`<a class="small" href=${`/orders/${subject}#admin`}>${subject}</a>`}
    </p>
    ${form === 'edit' && html`<${EditForm} letter=${letter} text=${pretty(body)} deal=${deal} />`}
    ${form === 'discard' && html`<${DiscardForm} letter=${letter} deal=${deal} />`}`
}

function Closed(/** @type {{ closed: NonNullable<Letter['closed']> }} */ { closed: { how, at, by, why, sent } }) {
  const who = tOr(`by.${by}`, by)
  return html`
    <p class="small">${t(`letters.was.${how}`, { at: dateAndClock(at), who })} ${why}</p>
    ${sent !== null && html`<pre class="verbatim" tabindex="0" aria-label=${t('letters.sent')}>${pretty(sent)}</pre>`}`
}

/** JSON with its lines; what is none as it is. @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
