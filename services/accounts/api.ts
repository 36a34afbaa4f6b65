import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Seal } from '../../shared/sealed.ts'
import type { Unsubscribe } from '../../shared/unsubscribe.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { AccountLimits } from './account-limits.ts'
import { addPhone } from './add-phone.ts'
import { askReset, resendLink } from './ask-link.ts'
import { changeAccount } from './change-account.ts'
import type { Cookies } from './cookies.ts'
import type { Client } from './db.ts'
import { deleteAccount } from './delete-account.ts'
import type { Passwords } from './passwords.ts'
import { removePhone } from './remove-phone.ts'
import { renewSession } from './renew-session.ts'
import { resetPassword } from './reset-password.ts'
import type { Secrets } from './secrets.ts'
import { showAccount } from './show-account.ts'
import { showRegistration } from './show-registration.ts'
import { signIn } from './sign-in.ts'
import { signOut, signOutEverywhere } from './sign-out.ts'
import { signUp } from './sign-up.ts'
import { showUnsubscribe, takeUnsubscribe } from './unsubscribe.ts'
import { verifyAddress } from './verify-address.ts'
import { verifyPhone } from './verify-phone.ts'

type Deps = {
  read: Client
  publish: Publish<Client>
  passwords: Passwords
  secrets: Secrets
  seal: Seal
  cookies: Cookies
  unsubscribe: Unsubscribe
  limits: AccountLimits
  log: Logger
}

/** Every endpoint of accounts, in the order in which customers come to them. */
export function endpointsOf(deps: Deps): Endpoint[] {
  return [
    signUp(deps),
    showRegistration(deps.read),
    verifyAddress(deps),
    resendLink(deps),
    askReset(deps),
    resetPassword(deps),
    signIn(deps),
    renewSession(deps),
    signOut(deps),
    signOutEverywhere(deps),
    showAccount(deps),
    changeAccount(deps),
    addPhone(deps),
    verifyPhone(deps),
    removePhone(deps),
    deleteAccount(deps),
    showUnsubscribe(deps),
    takeUnsubscribe(deps),
  ]
}
