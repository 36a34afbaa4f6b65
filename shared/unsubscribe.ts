import { createHmac } from 'node:crypto'
import { isSame } from './is-same.ts'

/** What stands in the links of mails by which an account has no more of them: nothing is stored for it. */
export type Unsubscribe = {
  tokenOf(account: string): string
  /** The account of a token; null when it is none of ours. Takes as long for a wrong one as for the right one. */
  accountOf(token: string): string | null
}

/** Makes and reads the tokens, with a secret that whoever sends mails and whoever owns the accounts know. */
export function createUnsubscribe(secret: string): Unsubscribe {
  const sign = (account: string) => createHmac('sha256', secret).update(`unsubscribe ${account}`).digest('base64url')
  return {
    tokenOf: (account) => `${account}.${sign(account)}`,
    accountOf: (token) => {
      const [, account = '', signature = ''] = SHAPE.exec(token) ?? []
      return isSame(signature, sign(account)) ? account : null
    },
  }
}

const SHAPE = /^([\w-]{36})\.([\w-]{43})$/
