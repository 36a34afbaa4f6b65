import { post } from '/assets/js/api.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { freshen, whoIsHere } from '/assets/js/signed-in.js'
import { language, t } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { buyerHere } from './tickets.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @import { Ticket } from './tickets.js' */
/** @typedef {{ sale: SaleAnswer, take: (ticket: Ticket) => void }} Props */

/** Lets somebody into the line: at once when the sale opens, and not before. */
export function JoinForm(/** @type {Props} */ { sale, take }) {
  const known = useAccount()
  const form = useForm(async (data) => {
    await freshen()
    const name = String(data.get('name')).trim()
    const asked = { buyer: buyerHere(), email: data.get('email'), ...(name !== '' && { name }), language }
    const { ticket, key, number } = await post(`/api/sales/${sale.id}/entries`, asked)
    take({ ticket, key, number, seedHash: sale.seedHash })
  })
  const isShut = sale.state !== 'open'
  return html`
    <form class="card-form join" ...${form.attributes}>
      <h2>${t(sale.order === 'draw' ? 'join.title.draw' : 'join.title')}</h2>
      <p class="about">${t(sale.order === 'draw' ? 'join.about.draw' : 'join.about')}</p>
      <div class="join-fields">
        <${Field} name="email" type="email" label=${t('field.email')} autocomplete="email" maxlength=${254} required
          defaultValue=${known?.email} error=${form.errorOf('email')} />
        <${Field} name="name" label=${t('join.name')} autocomplete="name" maxlength=${100}
          defaultValue=${known?.name} error=${form.errorOf('name')} />
      </div>
      <${FormEnd} form=${isShut ? { ...form, isBusy: true } : form} label=${t(isShut ? `join.shut.${sale.state}` : 'join.go')}>
        <span class="small">${t('join.note')}</span>
      <//>
    </form>`
}

/** Who is signed in does not say again who they are. */
function useAccount() {
  const [account, setAccount] = useState(/** @type {{ name: string, email: string } | null} */ (null))
  useEffect(() => void whoIsHere().then(setAccount, () => {}), [])
  return account
}
