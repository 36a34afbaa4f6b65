import { post } from '/assets/js/api.js'
import { t } from '/assets/js/text.js'
import { sayRefusal } from '/assets/js/use-form.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { Account } from '/assets/js/signed-in.js' */

/** The address of an account, and what is the matter with it. */
export function Address(/** @type {{ account: Account }} */ { account: { email, isVerified, isBounced } }) {
  const [said, setSaid] = useState('')
  const resend = () =>
    post('/api/accounts/resend', { email }).then(
      () => setSaid(t('mail.asked', { email })),
      (error) => setSaid(sayRefusal(error)),
    )
  return html`
    <p class="address">
      <span class="email">${email}</span> <span class="mark" data-look=${isVerified ? 'well' : 'open'}>
        ${t(isVerified ? 'address.verified' : 'address.unverified')}
      </span>
      ${!isVerified && html` <button class="link" onClick=${resend}>${t('verify.resend')}</button>`}
    </p>
    <p class="small" role="status">${said || (!isVerified && t('address.unverified.about'))}</p>
    ${isBounced && html`<p class="notice">${t('address.bounced')}</p>`}`
}
