import { h, setText } from '/assets/js/dom.js'
import { clock, number, t } from '/assets/js/text.js'
import { createPart } from './part.js'

/** The newest mails that the shop has written. */
export function createMailbox() {
  const list = h('ul', { class: 'mail-rows' })
  const status = h('p', { class: 'empty' }, t('room.loading'))
  const render = (/** @type {import('./room.js').Snapshot['mails']} */ mails) => {
    if (mails === null) return setText(status, t('order.mails.away'))
    list.replaceChildren(...mails.messages.map(rowOf))
    setText(status, mails.total === 0 ? t('mails.none') : t('mails.total', { count: number(mails.total) }))
  }
  const part = createPart({ className: 'mailbox', title: t('mails.title'), render }, list, status)
  return {
    element: part.element,
    show: (/** @type {import('./room.js').Snapshot} */ { mails, isFirst }) => part.draw(mails, isFirst),
  }
}

function rowOf(
  /** @type {{ subject: string, to: string[], at: number, orderId?: string }} */ { subject, to, at, orderId },
) {
  const name = orderId === undefined ? subject : h('a', { href: `/orders/${orderId}#mails` }, subject)
  return h(
    'li',
    {},
    h('span', { class: 'name' }, name),
    h('span', { class: 'who' }, to.join(', ')),
    h('time', { datetime: new Date(at).toISOString() }, clock(at)),
  )
}
