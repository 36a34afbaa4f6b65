import { h } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { copyButton } from './copy-button.js'

/** @import { Order } from './order.js' */

/**
 * The curl that places the same order again. Customer and card are known only to the tab that placed it: an
 * order's page can be shared, and does not tell them.
 * @param {Order} order
 */
export function createCurl(order) {
  const stored = sessionStorage.getItem(`request:${order.id}`)
  const request = stored ? JSON.parse(stored) : stranger(order.items, methodLike(order))
  const lines = [
    `curl -s '${location.origin}/api/orders' \\`, // a shell may take [::1] for a pattern
    "  -H 'content-type: application/json' \\",
    `  -d '${JSON.stringify(request).replaceAll("'", "'\\''")}'`,
  ]
  const text = lines.join('\n')
  return h(
    'section',
    { class: 'curl' },
    h(
      'div',
      { class: 'section-head' },
      h('h2', {}, t('order.repeat')),
      copyButton('order.copy', () => text),
    ),
    h('pre', { tabindex: '0', 'aria-label': t('order.repeat') }, h('code', {}, text)),
  )
}

/** @type {Record<string, string>} by why it was declined, or what its holder was asked */
const METHODS = {
  confirm: 'pm_card_authenticationRequired',
  hosted: 'hosted',
  card_declined: 'pm_card_chargeDeclined',
  insufficient_funds: 'pm_card_chargeDeclinedInsufficientFunds',
  expired_card: 'pm_card_chargeDeclinedExpiredCard',
}

/** What meets the same end; null where nothing came with the order. @param {Order} order */
function methodLike({ payBy, timeline }) {
  if (payBy !== null && timeline.some(({ state }) => state === 'reserved')) return null
  const methods = timeline.map(({ detail }) => METHODS[String(detail?.kind ?? detail?.reason)])
  return methods.find((method) => method !== undefined) ?? 'pm_card_visa'
}

/** @param {Order['items']} items @param {string | null} method */
function stranger(items, method) {
  return {
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    items: items.map(({ sku, quantity }) => ({ sku, quantity })),
    ...(method !== null && { payment: { method } }),
  }
}
