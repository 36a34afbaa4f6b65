import { createHmac } from 'node:crypto'
import { isSame } from '../../../shared/is-same.ts'

const uses = ['confirm', 'stop'] as const

/** What a code may be used for: to confirm an alert and to stop it, or to stop it alone. */
export type Use = (typeof uses)[number]

/** The codes in the links of mails about alerts: nothing is stored for them, so they are the same in each copy of a mail. */
export type AlertTokens = {
  codeOf(use: Use, alert: string): string
  /** Which alert a code is of, and what for; null when it is none of ours. */
  read(code: string): { alert: string; use: Use } | null
}

/** Makes and reads codes, with a secret that is ours alone. Whether a code has been used, its alert tells. */
export function createAlertTokens(secret: string): AlertTokens {
  const sign = (use: Use, alert: string) =>
    createHmac('sha256', secret).update(`alert ${use} ${alert}`).digest('base64url')
  return {
    codeOf: (use, alert) => `${alert}.${sign(use, alert)}`,
    read: (code) => {
      const [, alert = '', signature = ''] = SHAPE.exec(code) ?? []
      const use = uses.find((one) => isSame(signature, sign(one, alert)))
      return use === undefined ? null : { alert, use }
    },
  }
}

const SHAPE = /^([\w-]{36})\.([\w-]{43})$/
