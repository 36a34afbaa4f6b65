import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { RoomStore } from './room-store.js' */

/** A mail that is opened in its place; it is asked for when it is. @param {{ id: string, summary: unknown, store: RoomStore }} props */
export function MailText({ id, summary, store }) {
  const [text, setText] = useState(/** @type {string | null} */ (null))
  const open = async (/** @type {Event} */ { currentTarget }) => {
    if (!(/** @type {HTMLDetailsElement} */ (currentTarget).open) || text !== null) return
    setText(
      await store.get(`/api/admin/mails/${id}`).then(
        (mail) => mail.text,
        (error) => error.message,
      ),
    )
  }
  return html`
    <details onToggle=${open}>
      <summary class="line">${summary}</summary>
      <pre class="verbatim" tabindex="0">${text && withLinks(text)}</pre>
    </details>`
}

/** What leads into this shop can be followed. What a customer has written into a mail leads nowhere. @param {string} text */
function withLinks(text) {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((part) => {
    return URL.canParse(part) && new URL(part).origin === location.origin
      ? html`<a href=${part} target="_blank" rel="noreferrer">${part}</a>`
      : part
  })
}
