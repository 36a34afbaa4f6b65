import { html } from '/assets/vendor/htm-preact.js'
import { memo } from './memo.js'

const KNOWN = ['level', 'time', 'service', 'msg', 'order', 'subject', 'err', 'messageId', 'event', 'run', 'n']

/**
 * One line of the log. What it is about can be pressed, and the log is narrowed to that.
 * @type {ReturnType<typeof memo<{ text: string, only: (text: string) => void }>>}
 */
export const LogLine = memo(({ text, only }) => {
  const fact = parse(text)
  const { time, service = '', msg = text, level = 30, order, subject } = fact
  const rest = Object.entries(fact).filter(([name]) => !KNOWN.includes(name))
  return html`
    <li class=${level >= 50 ? 'bad' : level >= 40 ? 'warn' : ''}>
      <time>${time ? new Date(time).toISOString().slice(11, 23) : ''}</time>
      <button class="who" onClick=${() => only(service)}>${service}</button>
      <span class="msg">${msg}</span>
      ${order && html`<button class="which" onClick=${() => only(subject ?? order)}>${order}</button>`}
      <span class="rest">${rest.map(([name, value]) => `${name}=${plain(value)}`).join(' ')}</span>
    </li>`
})

const plain = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : JSON.stringify(value))

function parse(/** @type {string} */ text) {
  try {
    return JSON.parse(text)
  } catch {
    return {} // cut off by the log's end
  }
}
