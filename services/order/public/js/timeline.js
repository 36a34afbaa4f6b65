import { h } from '/assets/js/dom.js'
import { span, t, tOr, when } from '/assets/js/text.js'
import { factsIn } from './facts.js'

/** What happened to an order, line by line. Lines are only added, so that nothing on the page jumps. */
export function createTimeline(/** @type {string} */ currency) {
  const element = h('ol', { class: 'timeline' })
  const shown = new Set()
  return {
    element,
    show: (/** @type {import('./order.js').Entry[]} */ entries) => {
      for (const [i, entry] of entries.entries()) {
        if (shown.has(entry.seq)) continue
        shown.add(entry.seq)
        element.append(lineOf(entry, entries[i - 1], currency))
      }
    },
  }
}

/** @param {import('./order.js').Entry} entry @param {import('./order.js').Entry | undefined} before @param {string} currency */
function lineOf({ event, service, state, at, msSincePlaced, messageId, attempt, detail }, before, currency) {
  const step = before
    ? h('span', { class: 'step' }, t('order.step', { span: span(Math.max(0, msSincePlaced - before.msSincePlaced)) }))
    : null
  const facts = [
    t(`service.${service}`),
    attempt ? t('order.attempt', { attempt }) : null,
    messageId ? h('span', { class: 'id', title: messageId }, `${t('order.message')} `, h('code', {}, messageId)) : null,
    ...factsIn(detail ?? {}, currency),
  ]
  return h(
    'li',
    { 'data-state': state, 'data-event': event },
    h('div', { class: 'what' }, h('b', {}, nameOf(event, detail)), step),
    h(
      'time',
      { datetime: at, title: when(at) },
      before ? t('order.afterPlaced', { span: span(msSincePlaced) }) : when(at),
    ),
    h('p', { class: 'facts' }, ...facts.filter((fact) => fact !== null).map((fact) => h('span', {}, fact))),
  )
}

/** Some events are different things by what they carry. @param {string} event @param {import('./order.js').Entry['detail']} detail */
function nameOf(event, detail) {
  return tOr(`event.${event}.${detail?.kind ?? detail?.status}`, t(`event.${event}`))
}
