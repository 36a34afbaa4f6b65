import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'

const UNSTOPPABLE = 'order' // it serves this very page: nobody could start it again

/** The processes of the demo, each of which can be killed, stopped and started. */
export function createProcessList(/** @type {(action: string, name: string) => void} */ control) {
  const element = h('ul', { class: 'processes' })
  /** @type {Map<string, { show(state: string): void }>} */
  const rows = new Map()
  return {
    element,
    show: (/** @type {import('./room.js').Scene['processes']} */ processes) => {
      for (const { name, state } of processes) {
        const row = rows.get(name) ?? addRow(element, name, control)
        rows.set(name, row)
        row.show(state)
      }
    },
  }
}

/** @param {HTMLElement} list @param {string} name @param {(action: string, name: string) => void} control */
function addRow(list, name, control) {
  const label = t(`service.${name}`)
  const state = h('span', { class: 'small' })
  const kill = h(
    'button',
    { 'aria-label': t('break.killNamed', { name: label }), onclick: () => control('kill', name) },
    t('break.kill'),
  )
  const toggle = h('button', { onclick: () => control(toggle.dataset.does ?? 'stop', name) })
  const row = h(
    'li',
    { 'data-process': name },
    h('span', { class: 'lamp', 'aria-hidden': 'true' }),
    h('span', { class: 'name' }, label),
    state,
    kill,
    name === UNSTOPPABLE ? h('span', {}) : toggle,
  )
  list.append(row)
  return {
    show: (/** @type {string} */ is) => {
      const isDown = is === 'stopped'
      row.dataset.look = is
      setText(state, t(`process.${is}`))
      kill.toggleAttribute('disabled', isDown)
      toggle.dataset.does = isDown ? 'start' : 'stop'
      setText(toggle, t(isDown ? 'break.start' : 'break.stop'))
      toggle.setAttribute('aria-label', t(isDown ? 'break.startNamed' : 'break.stopNamed', { name: label }))
    },
  }
}
