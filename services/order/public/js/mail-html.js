import { html, useEffect, useRef } from '/assets/vendor/htm-preact.js'

const TAGS = 'a b body br div em h1 h2 h3 hr i li ol p small span strong table tbody td th thead tr ul'.split(' ')
const ATTRIBUTES = ['align', 'cellpadding', 'cellspacing', 'colspan', 'dir', 'lang', 'role', 'width']
const LINK = /^(https?|mailto):/

/**
 * A mail as it looks, in a frame in which nothing runs and nothing is fetched. It is put together from what a mail of ours may have:
 * its own styles, which no page of ours takes from markup, and links that open beside the page.
 * @param {{ source: string, title: string }} props
 */
export function MailHtml({ source, title }) {
  const frame = useRef(/** @type {HTMLIFrameElement | null} */ (null))
  useEffect(() => {
    const inside = frame.current?.contentDocument
    if (!inside || !frame.current) return
    const mail = new DOMParser().parseFromString(source.replaceAll(' style="', ' data-style="'), 'text/html')
    inside.body.replaceWith(copyOf(mail.body, inside))
    frame.current.style.height = `${inside.documentElement.scrollHeight}px`
  }, [source])
  const may = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox' // the first, so that this page can fill it
  return html`<iframe ref=${frame} class="mail-html" sandbox=${may} title=${title} />`
}

/** @param {Element} element @param {Document} inside @returns {HTMLElement} */
function copyOf(element, inside) {
  const copy = inside.createElement(element.localName)
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name)
    if (value !== null) copy.setAttribute(name, value)
  }
  copy.style.cssText = element.getAttribute('data-style') ?? ''
  const href = element.getAttribute('href') ?? ''
  if (copy.localName === 'a' && LINK.test(href))
    for (const [name, value] of linkTo(href)) copy.setAttribute(name, value)
  for (const child of element.childNodes) copy.append(...copiesOf(child, inside))
  return copy
}

const linkTo = (/** @type {string} */ href) => Object.entries({ href, target: '_blank', rel: 'noreferrer noopener' })

/** @param {Node} node @param {Document} inside @returns {(HTMLElement | string)[]} */
function copiesOf(node, inside) {
  if (node.nodeType === 3) return [node.textContent ?? '']
  return node instanceof Element && TAGS.includes(node.localName) ? [copyOf(node, inside)] : []
}
