import { post } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { number, t } from '/assets/js/text.js'
import { createProcessList } from './process-list.js'

const COUNTS = [1, 100, 1_000]
const SERVICES = ['order', 'inventory', 'payment', 'notification']

/** Everything that may be broken on purpose. Each button says afterwards what it did. */
export function createBreakPanel() {
  const status = h('p', { class: 'said', role: 'status' }, t('break.nothing'))
  /** @param {Record<string, unknown>} action @param {(count: number) => string} words */
  const act = async (action, words) => {
    const said = await post('/api/admin/demo', action).then(
      ({ count }) => words(count ?? 0),
      (error) => t('done.failed', { why: error.message }),
    )
    setText(status, said)
  }
  const progress = h('p', { class: 'small progress' }, ' ')
  const processes = createProcessList((action, name) =>
    act({ action, name }, () => t(`done.${action}`, { name: t(`service.${name}`) })),
  )
  const gateway = createModes('gateway', ['well', 'outage', 'slow', 'loses'], act)
  const mailbox = createModes('mailbox', ['well', 'down', 'slow'], act)
  const place = COUNTS.map((count) =>
    h(
      'button',
      {
        class: 'quiet',
        'data-place': count,
        onclick: () => act({ action: 'place', count }, () => t('done.place', { count: number(count) })),
      },
      number(count),
    ),
  )
  const element = h(
    'section',
    { class: 'break' },
    h('h2', {}, t('break.title')),
    h('p', { class: 'small' }, t('break.lead')),
    status,
    group('break.place', h('div', { class: 'actions' }, ...place), progress),
    group('break.processes', processes.element),
    group('break.redis', redisButtons(act)),
    group('break.gateway', gateway.element),
    group('break.mailbox', mailbox.element),
  )
  return {
    element,
    show: (/** @type {import('./room.js').Snapshot} */ { scene }) => {
      if (scene === null) return
      processes.show(scene.processes)
      gateway.show(scene.gateway && gatewayMode(scene.gateway))
      mailbox.show(scene.mailbox && mailboxMode(scene.mailbox))
      setText(
        progress,
        scene.burst
          ? t('break.placing', { accepted: number(scene.burst.accepted), wanted: number(scene.burst.wanted) })
          : ' ',
      )
      for (const button of place) button.toggleAttribute('disabled', scene.burst !== null)
    },
  }
}

function group(/** @type {string} */ key, /** @type {...HTMLElement} */ ...content) {
  return h('div', { class: 'group', role: 'group', 'aria-label': t(key) }, h('h3', {}, t(key)), ...content)
}

/** @typedef {(action: Record<string, unknown>, words: (count: number) => string) => void} Act */

function redisButtons(/** @type {Act} */ act) {
  const list = /** @type {HTMLSelectElement} */ (
    h(
      'select',
      { 'aria-label': t('break.list') },
      ...SERVICES.map((name) => h('option', { value: name }, t(`service.${name}`))),
    )
  )
  list.value = 'inventory'
  const resent = (/** @type {number} */ count) =>
    count > 0 ? t('done.resend', { count: number(count) }) : t('done.resend.none')
  return h(
    'div',
    { class: 'actions' },
    h(
      'button',
      { class: 'quiet danger', onclick: () => act({ action: 'flush' }, () => t('done.flush')) },
      t('break.flush'),
    ),
    h('label', { class: 'list' }, h('span', { class: 'small' }, t('break.list')), list),
    h(
      'button',
      { class: 'quiet', onclick: () => act({ action: 'resend', name: list.value }, resent) },
      t('break.resend'),
    ),
    h(
      'button',
      {
        class: 'quiet',
        onclick: () => act({ action: 'garbage', name: list.value }, (count) => t('done.garbage', { count })),
      },
      t('break.garbage'),
    ),
  )
}

/** @param {string} what @param {string[]} modes @param {Act} act */
function createModes(what, modes, act) {
  const buttons = modes.map((mode) => ({
    mode,
    element: h(
      'button',
      {
        'data-mode': mode,
        'aria-pressed': 'false',
        onclick: () => act({ action: what, mode }, () => t(`done.${what}`, { mode: t(`mode.${mode}`) })),
      },
      t(`mode.${mode}`),
    ),
  }))
  return {
    element: h('div', { class: 'modes' }, ...buttons.map(({ element }) => element)),
    show: (/** @type {string | null} */ current) => {
      for (const { mode, element } of buttons) {
        element.setAttribute('aria-pressed', String(mode === current))
        element.toggleAttribute('disabled', current === null)
      }
    },
  }
}

function gatewayMode(
  /** @type {NonNullable<import('./room.js').Scene['gateway']>} */ { outage, delayMs, loseAnswers },
) {
  if (outage) return 'outage'
  if (loseAnswers > 0) return 'loses'
  return delayMs > 0 ? 'slow' : 'well'
}

function mailboxMode(/** @type {NonNullable<import('./room.js').Scene['mailbox']>} */ { down, delayMs }) {
  if (down) return 'down'
  return delayMs > 0 ? 'slow' : 'well'
}
