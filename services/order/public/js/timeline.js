import { h } from '/assets/js/dom.js'
import { clock, span, t, tOr } from '/assets/js/text.js'

/** What happened to an order, line by line. Lines are only added, so that nothing on the page jumps. */
export function createTimeline() {
  const element = h('ol', { class: 'timeline' })
  const shown = new Set()
  return {
    element,
    show: (/** @type {import('./order.js').Entry[]} */ entries) => {
      for (const [i, entry] of entries.entries()) {
        if (shown.has(entry.seq)) continue
        shown.add(entry.seq)
        element.append(lineOf(entry, entries[i - 1]))
      }
    },
  }
}

/** @param {import('./order.js').Entry} entry @param {import('./order.js').Entry | undefined} before */
function lineOf({ event, service, state, at, msSincePlaced, messageId, attempt, detail }, before) {
  const step = before
    ? h('span', { class: 'step' }, t('order.step', { span: span(Math.max(0, msSincePlaced - before.msSincePlaced)) }))
    : null
  const facts = [
    t(`service.${service}`),
    attempt ? t('order.attempt', { attempt }) : null,
    messageId ? h('span', { class: 'id', title: messageId }, `${t('order.message')} `, h('code', {}, messageId)) : null,
    ...Object.entries(detail ?? {}).map(([name, value]) =>
      h(
        'span',
        { class: 'id' },
        `${name} `,
        h('code', {}, typeof value === 'string' ? tOr(`${name}.${value}`, value) : JSON.stringify(value)),
      ),
    ),
  ]
  return h(
    'li',
    { 'data-state': state, 'data-event': event },
    h('div', { class: 'what' }, h('b', {}, t(`event.${event}`)), step),
    h(
      'time',
      { datetime: at, title: clock(at) },
      before ? t('order.afterPlaced', { span: span(msSincePlaced) }) : clock(at),
    ),
    h('p', { class: 'facts' }, ...facts.filter((fact) => fact !== null).map((fact) => h('span', {}, fact))),
  )
}
