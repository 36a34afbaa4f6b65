import { choose } from './choose.js'

const { lang, dataset } = document.documentElement

/** The language of this page: what was chosen here, or else what the browser speaks. */
export const language = lang === 'zh' ? 'zh' : 'en'

/** @type {{ words: Record<string, string> }} */
const { words } = await import(dataset.words ?? `../words/${language}.js`) // those of this page; it has asked for them already
const locale = language === 'zh' ? 'zh-CN' : 'en-GB'

/**
 * A text in the language of this page; `{name}` is replaced by `values.name`.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  const text = words[key] ?? key
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
}

/** What stands between the names of a list. */
export const comma = t('comma')

/** The text for a key, or `otherwise` where the catalogue has none. */
export const tOr = (/** @type {string} */ key, /** @type {string} */ otherwise) => words[key] ?? otherwise

/** Turns the page into another language; everything on it is said anew. */
export function speak(/** @type {string} */ wanted) {
  choose('language', wanted)
  location.reload()
}

const plain = new Intl.NumberFormat(locale)

export const number = (/** @type {number} */ value) => plain.format(value)

/** @param {number} cents @param {string} currency */
export function money(cents, currency) {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    cents / 100,
  )
}

/** More texts, for a part of a page that comes later. */
export const addWords = (/** @type {Record<string, string>} */ more) => void Object.assign(words, more)

/** A span of time in the unit a person would take. */
export function span(/** @type {number} */ ms) {
  if (ms < 1_000) return `${Math.round(ms)} ${t('unit.ms')}`
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} ${t('unit.s')}`
  if (ms < 120_000) return `${Math.round(ms / 1_000)} ${t('unit.s')}`
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} ${t('unit.min')}` : `${Math.round(ms / 3_600_000)} ${t('unit.h')}`
}

/** @param {string | number} at @param {Intl.DateTimeFormatOptions} options */
const inWords = (at, options) => new Intl.DateTimeFormat(locale, options).format(new Date(at))

export const clock = (/** @type {string | number} */ at) => inWords(at, { timeStyle: 'medium' })
export const dateAndClock = (/** @type {string | number} */ at) =>
  inWords(at, { dateStyle: 'long', timeStyle: 'short' })

/** A clock, with its date where that is not today. */
export function when(/** @type {string | number} */ at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return isToday ? clock(at) : inWords(at, { dateStyle: 'medium', timeStyle: 'medium' })
}
