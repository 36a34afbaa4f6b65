/**
 * What the lines are narrowed to; empty is all of them. `level` is the lowest.
 * @typedef {{ subject: string, q: string, service: string, level: string }} Wish
 */

/** @type {Wish} */
export const ALL = { subject: '', q: '', service: '', level: '' }

const NUMBER = /^OL-\d+$/i
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What is typed is the number or the id of an order, or else words. @param {string} text @returns {Pick<Wish, 'subject' | 'q'>} */
export function wishIn(text) {
  const typed = text.trim()
  if (NUMBER.test(typed)) return { subject: typed.toUpperCase(), q: '' }
  return ID.test(typed) ? { subject: typed.toLowerCase(), q: '' } : { subject: '', q: typed }
}

/** What stands in the field of a wish. @param {Wish} wish */
export const typedOf = ({ subject, q }) => subject || q

/** Whether something particular is looked for, and not all as it comes. @param {Wish} wish */
export const isSearch = ({ subject, q }) => subject !== '' || q !== ''

/** A wish as a query, without what is not wanted. @param {Wish} wish */
export function queryOf(wish) {
  return new URLSearchParams(Object.entries(wish).filter(([, value]) => value !== ''))
}

/** What an address asks for. @param {string} search @returns {Wish} */
export function wishFrom(search) {
  const query = new URLSearchParams(search)
  const of = (/** @type {string} */ name) => (query.get(name) ?? '').slice(0, 200)
  return { subject: of('subject'), q: of('q'), service: of('service'), level: of('level') }
}
