import { h, setText } from '/assets/js/dom.js'
import { number, span, t } from '/assets/js/text.js'

const MUST_BE_ZERO = ['lost', 'oversold', 'doubleCharged']

/** What the independent auditor says: the promise in five numbers. */
export function createAuditTile() {
  const figures = ['accepted', 'final', ...MUST_BE_ZERO].map((name) => createFigure(name))
  const about = h('p', { class: 'small' }, t('tile.pending'))
  const others = h('p', { class: 'small others', hidden: true })
  const element = h(
    'section',
    { class: 'tile', id: 'auditor' },
    h('h2', {}, t('tile.title')),
    h('dl', {}, ...figures.map((figure) => figure.element)),
    about,
    others,
  )
  return {
    element,
    show: (/** @type {import('./room.js').Snapshot} */ { at, audit }) => {
      if (audit === null) return
      for (const figure of figures) figure.show(audit)
      setText(
        about,
        `${t(audit.isAtRest ? 'tile.rest' : 'tile.unrest')} ${t('tile.about', { ago: span(Math.max(0, at - audit.at)), took: span(audit.tookMs) })}`,
      )
      others.hidden = audit.others.length === 0
      setText(others, t('tile.others', { list: summary(audit.others) }))
    },
  }
}

function createFigure(/** @type {string} */ name) {
  const value = h('dd', {}, '–')
  const element = h('div', { 'data-figure': name }, h('dt', {}, t(`tile.${name}`)), value)
  return {
    element,
    show: (/** @type {Record<string, any>} */ audit) => {
      setText(value, number(audit[name]))
      if (MUST_BE_ZERO.includes(name)) element.dataset.look = audit[name] === 0 ? 'well' : 'bad'
    },
  }
}

function summary(/** @type {{ check: string }[]} */ others) {
  const counts = new Map()
  for (const { check } of others) counts.set(check, (counts.get(check) ?? 0) + 1)
  return [...counts].map(([check, count]) => `${check} ${count}`).join(', ')
}
