import { h } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { copyButton } from './copy-button.js'

/**
 * The curl that places the same order again. Customer and card are known only to the tab that placed it: an
 * order's page can be shared, and does not tell them.
 * @param {import('./order.js').Order} order
 */
export function createCurl({ id, items, payBy, timeline }) {
  const stored = sessionStorage.getItem(`request:${id}`)
  const request = stored
    ? JSON.parse(stored)
    : stranger(items, isPaidLater(payBy, timeline) ? null : cardLike(timeline))
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

/** @type {Record<string, string>} */
const CARDS = {
  card_declined: 'pm_card_chargeDeclined',
  insufficient_funds: 'pm_card_chargeDeclinedInsufficientFunds',
  expired_card: 'pm_card_chargeDeclinedExpiredCard',
}

/** A card that meets the same end. */
function cardLike(/** @type {import('./order.js').Entry[]} */ timeline) {
  const reasons = timeline.map(({ detail }) => CARDS[String(detail?.reason)])
  return reasons.find((card) => card !== undefined) ?? 'pm_card_visa'
}

/** Where a means of payment comes with an order, it waits for nobody. @param {string | null} payBy @param {import('./order.js').Entry[]} timeline */
function isPaidLater(payBy, timeline) {
  return payBy !== null && timeline.some(({ state }) => state === 'reserved')
}

/** @param {import('./order.js').Item[]} items @param {string | null} method */
function stranger(items, method) {
  return {
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    items: items.map(({ sku, quantity }) => ({ sku, quantity })),
    ...(method !== null && { payment: { method } }),
  }
}
