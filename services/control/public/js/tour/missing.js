import { t } from '/assets/js/text.js'

/** @import { Session } from '../../../session-answer.ts' */
/** @import { Station } from './station.js' */

/** What a station cannot do without and this shop is run without, as people call it. */
export function missingFor(/** @type {Pick<Station, 'wants'>} */ { wants = [] }, /** @type {Session} */ session) {
  return wants.filter((one) => !isThere(one, session)).map((one) => t(`service.${one}`))
}

function isThere(/** @type {string} */ name, /** @type {Session} */ { services, hasMailbox, faults }) {
  if (name === 'mailbox') return hasMailbox
  if (name === 'sms-gateway') return faults?.phonesUrl != null
  return services.some((service) => service === name)
}
