import { html, useState } from '/assets/vendor/htm-preact.js'
import { t } from '../text.js'

/** @import { LineAnswer } from '../../../../../services/logs/lines-answer.ts' */

const SAID = ['level', 'time', 'service', 'msg', 'order', 'subject', 'run', 'n']

/** One line. What it is about can be pressed, and the lines are narrowed to that; so can what it says, and all of it is shown. */
export function LineRow(/** @type {{ line: LineAnswer, only: (text: string) => void }} */ { line, only }) {
  const [isOpen, setOpen] = useState(false)
  const { at, level, service, msg, order, subject, text } = line
  return html`
    <li class=${level >= 50 ? 'bad' : level >= 40 ? 'warn' : ''}>
      <time datetime=${at} title=${at}>${at.slice(11, 23)}</time>
      <span class="who">${service}</span>
      <button class="msg" aria-expanded=${isOpen} title=${t('logs.line')} onClick=${() => setOpen(!isOpen)}>${msg || text}</button>
      ${order && html`<button class="which" onClick=${() => only(order)}>${order}</button>`}
      ${!order && subject && html`<button class="which" title=${subject} onClick=${() => only(subject)}>${subject.slice(-12)}</button>`}
      <span class="rest">${restOf(text)}</span>
      ${isOpen && html`<pre>${laidOut(text)}</pre>`}
    </li>`
}

/** What it says beside that, in one line. @param {string} text */
function restOf(text) {
  const rest = Object.entries(parse(text) ?? {}).filter(([name]) => !SAID.includes(name))
  return rest.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' ')
}

/** @param {string} text */
function laidOut(text) {
  const fact = parse(text)
  return fact === null ? text : JSON.stringify(fact, null, 2).replaceAll('\\n', '\n    ')
}

/** @param {string} text @returns {Record<string, unknown> | null} */
function parse(text) {
  try {
    const fact = JSON.parse(text)
    return typeof fact === 'object' ? fact : null
  } catch {
    return null // not written by one of ours
  }
}
