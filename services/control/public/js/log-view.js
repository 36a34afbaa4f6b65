import { h, setText } from '/assets/js/dom.js'
import { number, t } from '/assets/js/text.js'

const KEPT = 300
const TYPED_MS = 300
const KNOWN = ['level', 'time', 'service', 'msg', 'order', 'orderId', 'err', 'messageId', 'event']

/** The log as it grows, narrowed to whatever is typed. `restart` is called when that changes. */
export function createLogView(/** @type {() => void} */ restart) {
  const input = /** @type {HTMLInputElement} */ (
    h('input', { type: 'search', placeholder: t('log.filter'), 'aria-label': t('log.filter'), maxlength: 64 })
  )
  const lines = h('ol', { class: 'log-lines', tabindex: '0', 'aria-label': t('log.title') })
  const empty = h('p', { class: 'empty' }, t('log.waiting'))
  let timer = 0
  const narrow = () => {
    clearTimeout(timer)
    timer = setTimeout(restart, TYPED_MS)
  }
  input.addEventListener('input', narrow)
  const only = (/** @type {string} */ text) => {
    input.value = text
    restart()
  }
  const element = h(
    'section',
    { class: 'part log' },
    h('div', { class: 'section-head' }, h('h2', {}, t('log.title')), input),
    h('div', { class: 'part-box' }, lines, empty),
  )
  return {
    element,
    filter: () => input.value.trim(),
    show: (/** @type {import('./room.js').Snapshot} */ { log: { lines: news, skipped }, isFirst }) => {
      const isAtEnd = isFirst || lines.scrollHeight - lines.scrollTop - lines.clientHeight < 40
      if (isFirst) lines.replaceChildren()
      if (skipped > 0) lines.append(h('li', { class: 'skipped' }, t('log.skipped', { count: number(skipped) })))
      lines.append(...news.map((line) => lineOf(line, only)))
      while (lines.children.length > KEPT) lines.firstElementChild?.remove()
      empty.hidden = lines.children.length > 0
      setText(empty, t(input.value.trim() === '' ? 'log.waiting' : 'log.none'))
      if (isAtEnd) lines.scrollTop = lines.scrollHeight
    },
  }
}

function lineOf(/** @type {string} */ text, /** @type {(text: string) => void} */ only) {
  const fact = parse(text)
  const { time, service = '', msg = text, level = 30, order, orderId } = fact
  const rest = Object.entries(fact).filter(([name]) => !KNOWN.includes(name))
  return h(
    'li',
    { class: level >= 50 ? 'bad' : level >= 40 ? 'warn' : null },
    h('time', {}, time ? new Date(time).toISOString().slice(11, 23) : ''),
    h('button', { class: 'who', onclick: () => only(service) }, service),
    h('span', { class: 'msg' }, msg),
    order ? h('button', { class: 'which', onclick: () => only(orderId ?? order) }, order) : null,
    h(
      'span',
      { class: 'rest' },
      rest.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' '),
    ),
  )
}

function parse(/** @type {string} */ text) {
  try {
    return JSON.parse(text)
  } catch {
    return {} // cut off by the log's end
  }
}
