import { h, setText } from '/assets/js/dom.js'
import { clock, t } from '/assets/js/text.js'

/** The mails about an order, each of which can be opened and read. Hidden where there is no mailbox. */
export function createMailList() {
  const list = h('div', { class: 'mails' })
  const status = h('p', { class: 'small' }, t('order.mails.none'))
  const element = h('section', { hidden: true, id: 'mails' }, h('h2', {}, t('order.mails')), list, status)
  const shown = new Set()
  return {
    element,
    show: (/** @type {import('./order.js').Mail[] | 'away'} */ mails) => {
      element.hidden = false
      if (mails !== 'away') for (const mail of mails) if (!shown.has(mail.id)) list.append(entry(mail, shown))
      status.hidden = mails !== 'away' && shown.size > 0
      setText(status, t(mails === 'away' ? 'order.mails.away' : 'order.mails.none'))
    },
  }
}

function entry(
  /** @type {import('./order.js').Mail} */ { id, at, to, subject, text },
  /** @type {Set<string>} */ shown,
) {
  shown.add(id)
  return h(
    'details',
    {},
    h('summary', {}, h('span', { class: 'name' }, subject), h('time', { datetime: at }, clock(at))),
    h('p', { class: 'small' }, t('order.mails.to', { to: to.join(', ') })),
    h('pre', { class: 'verbatim', tabindex: '0' }, text),
  )
}
