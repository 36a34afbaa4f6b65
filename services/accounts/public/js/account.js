import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { t } from '/assets/js/text.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { AccountPage } from './account-page.js'
import { ResetPage } from './reset-page.js'
import { SignInPage } from './sign-in-page.js'
import { SignUpPage } from './sign-up-page.js'
import { VerifyPage } from './verify-page.js'

/** @type {Record<string, [page: () => unknown, title: string]>} */
const PAGES = {
  '/account/sign-up': [SignUpPage, 'signUp.title'],
  '/account/sign-in': [SignInPage, 'signIn.title'],
  '/account/verify': [VerifyPage, 'verify.title'],
  '/account/reset': [ResetPage, 'reset.title'],
}

const [Page, title] = PAGES[location.pathname.replace(/\/$/, '')] ?? [AccountPage, 'account.title']
document.title = `${t(title)} · Orderline`
frame('account')
render(html`<${Page} />`, byId('main'))
