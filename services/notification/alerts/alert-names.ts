import type { OrderKeys } from '../../../shared/order-key.ts'
import type { AlertMailKind } from '../wording.ts'
import type { AlertTokens } from './alert-tokens.ts'

/** What mails about alerts are called by, and where their links lead. */
export type AlertNames = {
  /** The same for every copy of a mail. It leads neither to the alert nor to the event. */
  messageIdOf(id: string, kind: AlertMailKind): string
  /** The code is behind a `#`, so that no browser sends it with the address. */
  linkTo(code: string): string
  /** Where all alerts of the mailbox are stopped: by one click, too (RFC 8058), so it is part of the path. */
  stopAt(alert: string): string
  shop: string
}

export function createAlertNames({ aliasOf }: OrderKeys, { codeOf }: AlertTokens, shopUrl: string): AlertNames {
  return {
    messageIdOf: (id, kind) => `<${aliasOf(id)}.${kind}@orderline.example>`,
    linkTo: (code) => `${shopUrl}/alerts#${code}`,
    stopAt: (alert) => `${shopUrl}/alerts/stop/${codeOf('stop', alert)}`,
    shop: `${shopUrl}/`,
  }
}
