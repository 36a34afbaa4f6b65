import { span, t, tOr } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { MessageStory } from './message-story.js'

/** @import { WaitingMessage } from '../../queues/message-answer.ts' */
/** @import { RoomStore } from './room-store.js' */

/**
 * One message that waits; opened, it shows what it says and who still knows of it.
 * @param {{ message: WaitingMessage, service: string, store: RoomStore }} props
 */
export function WaitingRow({ message, service, store }) {
  const { id, event, subject, number: name, at, attempt, problem, text, data } = message
  const [isOpen, setOpen] = useState(false)
  const toggled = (/** @type {{ currentTarget: HTMLDetailsElement }} */ { currentTarget }) =>
    setOpen(currentTarget.open)
  const age = at === null ? '' : t('waiting.age', { ago: span(Math.max(0, Date.now() - Date.parse(at))) })
  const notes = [attempt !== null && attempt > 1 && t('waiting.attempt', { attempt }), age]
  return html`
    <li>
      <details onToggle=${toggled}>
        <summary>
          <span class="name"><b>${event === null ? t('waiting.garbage') : tOr(`event.${event}`, event)}</b> ${name ?? subject ?? problem}</span>
          <span class="when">${notes.filter(Boolean).join(' · ')}</span>
        </summary>
        ${
          isOpen &&
          html`
          ${problem && html`<p class="failure">${problem}</p>`}
          <pre class="verbatim" tabindex="0" aria-label=${t('letters.body')}>${text ?? sayData(data)}</pre>
          ${id !== null && html`<${MessageStory} service=${service} id=${id} store=${store} />`}`
        }
      </details>
    </li>`
}

function sayData(/** @type {unknown} */ data) {
  return data === null ? t('waiting.tooLong') : JSON.stringify(data, null, 2)
}
