import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { TourNow } from '../../station.js' */
/** @import { SignUp } from './sign-up.js' */

/** What came to whoever signed up last by the queue: a letter in the tray, an SMS on the phone, each when it really did. */
export function Tray(/** @type {{ now: SignUp | null, tour: TourNow }} */ { now, tour }) {
  const { answer, outside } = now ?? {}
  const phones = tour.session.faults?.phonesUrl
  const after = (/** @type {number} */ at) =>
    t('tour.registration.after', { ago: span(Math.max(0, at - (answer?.at ?? at))) })
  return html`
    <div class="tray">
      <section class="mails" aria-label=${t('tour.registration.tray')}>
        <h3>${t('tour.registration.tray')} <small>${answer?.email}</small></h3>
        <div role="status"><ul>
          ${outside?.mails?.map(({ id, at, subject }) => html`<li key=${id} class="letter-in"><b>${subject}</b> <small>${after(at)}</small></li>`)}
        </ul></div>
        ${outside?.mails === null && html`<p class="empty">${t('tour.registration.mailboxAway')}</p>`}
        ${answer && outside?.mails?.length === 0 && html`<p class="empty">${t('tour.registration.notYet')}</p>`}
      </section>
      <section class="phone" aria-label=${t('tour.registration.phone')}>
        <h3><a href=${answer && phones ? `${phones}/${encodeURIComponent(answer.phone)}` : phones} target="_blank">${t('tour.registration.phone')}</a> <small>${answer?.phone}</small></h3>
        <div role="status"><ul>
          ${outside?.sms?.map(({ sid, at, body }) => html`<li key=${sid} class="bubble">${body} <small>${after(at)}</small></li>`)}
        </ul></div>
        ${outside?.sms === null && html`<p class="empty">${t('tour.registration.smsAway')}</p>`}
        ${answer && outside?.sms?.length === 0 && html`<p class="empty">${t('tour.registration.notYet')}</p>`}
      </section>
    </div>`
}
