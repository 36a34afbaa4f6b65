/**
 * What of the room is looked at, as the address says behind its `#`: `#/` is the stage, `#/queue/payment` a queue,
 * `#/search?q=ada` what was searched for,
 * `#/?arm=stop:payment` the stage with that button lit. `params` holds what stands in the path, too: `{ service: 'payment' }`.
 * @typedef {{ name: ViewName, params: Record<string, string> }} View
 * @typedef {keyof typeof PLACES} ViewName
 */

/** Every view, and what stands in its path behind its name. */
const PLACES = /** @satisfies {Record<string, string[]>} */ ({
  stage: [],
  queue: ['service'],
  search: [],
  letters: [],
  orders: [],
  log: [],
  mails: [],
  peaks: [],
  workers: [],
})

/** Panels of before that other pages, and bookmarks, still lead to by name. @type {Record<string, ViewName>} */
const FORMER = { '#dead': 'letters', '#orders': 'orders', '#mailbox': 'mails', '#log': 'log' }

/** The view that an address leads to; where there is none such, the stage. @param {string} hash @returns {View} */
export function viewIn(hash) {
  const former = FORMER[hash]
  if (former !== undefined) return { name: former, params: {} }
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
  const [name = '', ...rest] = path.split('/').map(plain)
  if (name === '' && rest.length === 0) return { name: 'stage', params: Object.fromEntries(new URLSearchParams(query)) }
  if (!isView(name) || rest.length !== PLACES[name].length) return { name: 'stage', params: {} }
  const placed = PLACES[name].map((place, i) => [place, rest[i] ?? ''])
  return { name, params: { ...Object.fromEntries(new URLSearchParams(query)), ...Object.fromEntries(placed) } }
}

/**
 * The address of a view; what is narrowed to nothing is left out.
 * @param {ViewName} name @param {Record<string, string | null | undefined>} [params] @returns {string}
 */
export function linkTo(name, params = {}) {
  if (name === 'stage') return '#/'
  const path = [name, ...PLACES[name].map((place) => encodeURIComponent(params[place] ?? ''))].join('/')
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(params)) if (value && !isPlaced(name, key)) query.set(key, value)
  return `#/${path}${query.size > 0 ? `?${query}` : ''}`
}

/** @param {ViewName} name @param {string} param */
const isPlaced = (name, param) => PLACES[name].some((place) => place === param)

/** @param {string} name @returns {name is ViewName} */
const isView = (name) => name !== 'stage' && Object.hasOwn(PLACES, name)

/** @param {string} text */
function plain(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // typed by hand
  }
}
