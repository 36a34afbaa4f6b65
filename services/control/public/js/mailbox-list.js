import { clock, number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { Held } from './held.js'
import { Panel } from './panel.js'

/** @import { MailSummary } from '../../../../shared/web/mailbox.ts' */
/** @import { View } from '../../room/snapshot.ts' */
/** @import { Picture } from './merge-picture.js' */

/** The newest mails that the shop has written. */
export function MailboxList(/** @type {{ picture: Picture | null }} */ { picture }) {
  return html`
    <${Panel} name="mailbox" title=${t('mails.title')}>
      <${Held} value=${picture?.mails} isForced=${picture?.isFirst} draw=${content} />
    <//>`
}

function content(/** @type {View['mails'] | undefined} */ mails) {
  return html`
    <ul class="mail-rows">${mails?.messages.map((mail) => html`<${MailRow} key=${mail.id} mail=${mail} />`)}</ul>
    <p class="empty">${statusWords(mails)}</p>`
}

function statusWords(/** @type {View['mails'] | undefined} */ mails) {
  if (mails === undefined) return t('room.loading')
  if (mails === null) return t('order.mails.away')
  return mails.total === 0 ? t('mails.none') : t('mails.total', { count: number(mails.total) })
}

function MailRow(/** @type {{ mail: MailSummary }} */ { mail: { subject, to, at, orderNumber } }) {
  const name = orderNumber === undefined ? subject : html`<a href=${`/orders/${orderNumber}#mails`}>${subject}</a>`
  return html`
    <li>
      <span class="name">${name}</span>
      <span class="who">${to.join(', ')}</span>
      <time datetime=${new Date(at).toISOString()}>${clock(at)}</time>
    </li>`
}
