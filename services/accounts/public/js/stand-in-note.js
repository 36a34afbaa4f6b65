import { get } from '/assets/js/api.js'
import { t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { StandIns } from '../../stand-ins-answer.ts' */

/** Where the mails and the SMS of the demo are; nothing where they are really sent. */
export function StandInNote(/** @type {{ of: ('mails' | 'phones')[] }} */ { of }) {
  const [pages, setPages] = useState(/** @type {StandIns} */ ({ mails: null, phones: null }))
  useEffect(() => void get('/api/accounts/stand-ins').then(setPages, () => {}), [])
  const shown = of.filter((name) => pages[name] !== null)
  if (shown.length === 0) return null
  const link = (/** @type {'mails' | 'phones'} */ name) =>
    html`<li><a href=${pages[name]} target="_blank" rel="noreferrer">${t(`standIn.${name}`)}</a></li>`
  return html`
    <aside class="stand-ins">
      <p>${t('standIn.about')}</p>
      <ul>${shown.map(link)}</ul>
    </aside>`
}
