import { h, setText } from './dom.js'
import { createPart } from './part.js'
import { clock, number, t } from './text.js'

const SHOWN = 8

/** The newest mails that the shop has written. */
export function createMailbox() {
  const list = h('ul', { class: 'mail-rows' })
  const status = h('p', { class: 'empty' }, t('room.loading'))
  const render = (/** @type {{ mails: any[], total: number }} */ { mails, total }) => {
    list.replaceChildren(...mails.map(rowOf))
    setText(status, total === 0 ? t('mails.none') : t('mails.total', { count: number(total) }))
  }
  return createPart(
    {
      className: 'mailbox',
      title: t('mails.title'),
      path: () => `/api/admin/mails?limit=${SHOWN}`,
      everyMs: 2_000,
      render,
    },
    list,
    status,
  ).element
}

function rowOf(
  /** @type {{ subject: string, to: string[], at: string, orderId: string | null }} */ { subject, to, at, orderId },
) {
  const name = orderId === null ? subject : h('a', { href: `/orders/${orderId}#mails` }, subject)
  return h(
    'li',
    {},
    h('span', { class: 'name' }, name),
    h('span', { class: 'who' }, to.join(', ')),
    h('time', { datetime: at }, clock(at)),
  )
}
