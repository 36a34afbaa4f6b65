import { h } from '/assets/js/dom.js'
import { money, t, tOr } from '/assets/js/text.js'

/** What only programs need, or stands in the name of the event already. */
const UNSHOWN = ['url', 'asked', 'currency', 'tender', 'kind', 'status', 'sale']

/**
 * What a line of a timeline tells beside its event.
 * @param {Record<string, unknown>} detail
 * @param {string} currency
 * @returns {(string | HTMLElement)[]}
 */
export function factsIn(detail, currency) {
  const isShown = (/** @type {[string, unknown]} */ [name, value]) => !UNSHOWN.includes(name) && value != null
  return Object.entries(detail)
    .filter(isShown)
    .map(([name, value]) => {
      if (name === 'hosted') return t(value === true ? 'way.hosted' : 'fact.card')
      if (name === 'cents' || name === 'leftCents') return t(`fact.${name}`, { sum: money(Number(value), currency) })
      return h('span', { class: 'id' }, `${tOr(`fact.${name}`, name)} `, h('code', {}, wordsFor(name, value)))
    })
}

/** @param {string} name @param {unknown} value */
function wordsFor(name, value) {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (name === 'event') return tOr(`event.${value}`, value)
  return name === 'reason' ? tOr(`reason.${value}`, value) : value
}
