import { html } from '/assets/vendor/htm-preact.js'
import { MailboxList } from './mailbox-list.js'

/** @import { ViewProps } from './room.js' */

/** `#/mails`: the newest mails that the shop has written. @param {ViewProps} props */
export function MailsView({ known, store }) {
  return html`<${MailboxList} store=${store} picture=${known.picture} />`
}
