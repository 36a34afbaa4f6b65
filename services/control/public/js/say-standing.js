import { number, span, t, tOr } from '/assets/js/text.js'

/** @import { Standing } from './standing.js' */

/** A standing in the language of this page. */
export function sayStanding(/** @type {Standing} */ { key, ms = 0, perS = 0, outside }) {
  const what = outside && { name: nameOf(outside.process), mode: t(outside.trouble) }
  return t(key, { ago: span(ms), rate: rate(perS), ...what })
}

/** What a service or a process is called; one without a name of its own is called as it calls itself. */
export const nameOf = (/** @type {string} */ service) => tOr(`service.${service}`, service)

/** Few of something are told with a digit behind the point. */
export const rate = (/** @type {number} */ perS) => (perS < 10 ? perS.toFixed(1) : number(Math.round(perS)))
