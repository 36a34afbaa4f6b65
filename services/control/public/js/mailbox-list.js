import { clock, number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { Held } from './held.js'
import { MailText } from './mail-text.js'
import { Panel } from './panel.js'

/** @import { MailSummary } from '../../../../shared/web/mailbox.ts' */
/** @import { View } from '../../room/snapshot.ts' */
/** @import { Picture } from './merge-picture.js' */
/** @import { RoomStore } from './room-store.js' */

/** The newest mails that the shop has written. @param {{ store: RoomStore, picture: Picture | null }} props */
export function MailboxList({ store, picture }) {
  const content = (/** @type {View['mails'] | undefined} */ mails) => html`
    <ul class="mail-rows">${mails?.messages.map((mail) => html`<${MailRow} key=${mail.id} mail=${mail} store=${store} />`)}</ul>
    <p class="empty">${statusWords(mails)}</p>`
  return html`
    <${Panel} name="mailbox" title=${t('mails.title')}>
      <${Held} value=${picture?.mails} isForced=${picture?.isFirst} draw=${content} />
    <//>`
}

function statusWords(/** @type {View['mails'] | undefined} */ mails) {
  if (mails === undefined) return t('room.loading')
  if (mails === null) return t('order.mails.away')
  return mails.total === 0 ? t('mails.none') : t('mails.total', { count: number(mails.total) })
}

/** Mails about an order are read on its page; the others, of which accounts send most, here. @param {{ mail: MailSummary, store: RoomStore }} props */
function MailRow({ mail: { id, subject, to, at, orderNumber }, store }) {
  const line = html`
    <span class="name">${orderNumber === undefined ? subject : html`<a href=${`/orders/${orderNumber}#mails`}>${subject}</a>`}</span>
    <span class="who">${to.join(', ')}</span>
    <time datetime=${new Date(at).toISOString()}>${clock(at)}</time>`
  return orderNumber === undefined
    ? html`<li><${MailText} id=${id} summary=${line} store=${store} /></li>`
    : html`<li class="line">${line}</li>`
}
