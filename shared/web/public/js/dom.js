/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element. Keys that begin with `on` are listeners, `class` and the rest are attributes; null and false
 * leave one out.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

const SVG = 'http://www.w3.org/2000/svg'

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

/** Changes a text only where it differs, so that a screen reader and a selection are left in peace. */
export function setText(/** @type {Node} */ node, /** @type {unknown} */ text) {
  const wanted = String(text)
  if (node.textContent !== wanted) node.textContent = wanted
}

/** The element of that id, which the page is known to have. */
export function byId(/** @type {string} */ id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`there is no #${id}`)
  return found
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Record<string, unknown>} attributes
 * @param {(Child | Child[])[]} children
 * @returns {E}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value))
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children.flat()) if (child || child === 0) element.append(/** @type {Node | string} */ (child))
  return element
}
