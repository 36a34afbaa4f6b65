import { onLeave, welcome, whoIsHere } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { Address } from './address.js'
import { MyOrders } from './my-orders.js'
import { Phone } from './phone.js'
import { Preferences } from './preferences.js'
import { StandInNote } from './stand-in-note.js'
import { WaysOut } from './ways-out.js'

/** @import { Account } from '/assets/js/signed-in.js' */
/** @typedef {{ account: Account, onChange: (account: Account) => void }} Own what a part of this page shows, and what it tells */

const AGAIN_MS = 1_500

/** The page of whoever is signed in; all others are led to where one signs in. */
export function AccountPage() {
  const [account, setAccount] = useState(/** @type {Account | null} */ (null))
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    onLeave(goToSignIn)
    let timer = 0
    const look = async () => {
      try {
        const found = await whoIsHere()
        if (found === null) return goToSignIn()
        setAccount(found)
        setAway(false)
      } catch {
        setAway(true)
        timer = setTimeout(look, AGAIN_MS)
      }
    }
    void look()
    return () => clearTimeout(timer)
  }, [])
  if (account === null)
    return html`<p class="placeholder" role="status">${t(isAway ? 'account.away' : 'account.loading')}</p>`
  const change = (/** @type {Account} */ changed) => {
    welcome(changed)
    setAccount(changed)
  }
  return html`<${Mine} account=${account} onChange=${change} />`
}

function Mine(/** @type {Own} */ own) {
  const { account } = own
  return html`
    <article class="account-page">
      <header>
        <h1>${account.name}</h1>
        <${Address} account=${account} />
      </header>
      <div class="columns">
        <${MyOrders} />
        <div class="side">
          <${Preferences} ...${own} />
          <${Phone} ...${own} />
          <${WaysOut} account=${account} />
          <${StandInNote} of=${['mails', 'phones']} />
        </div>
      </div>
    </article>`
}

const goToSignIn = () => location.replace('/account/sign-in')
