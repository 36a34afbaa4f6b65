import { clock, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'

/** @import { DeadLetter as Letter } from '../../queues/dead-letter.ts' */

/** @param {{ letter: Letter, replay: (which: object) => void }} props */
export function DeadLetter({ letter, replay }) {
  const { service, queue, id, event, subject, reason, body, at, canReplay } = letter
  return html`
    <details>
      <summary>
        <span class="name"><b>${event ?? nameOf(queue)}</b> ${reason}</span>
        <time datetime=${at}>${clock(at)}</time>
      </summary>
      <pre class="verbatim" tabindex="0" aria-label=${t('letters.body')}>${body}</pre>
      <p class="actions">
        ${
          canReplay
            ? html`<button class="quiet" onClick=${() => replay({ service, ids: [id] })}>${t('letters.replay')}</button>`
            : html`<span class="small">${t('letters.cannot')}</span>`
        }
        ${subject && canReplay && html`<a class="small" href=${`/orders/${subject}`}>${subject}</a>`}
      </p>
    </details>`
}
