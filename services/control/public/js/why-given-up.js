/** @typedef {(key: string, values?: Record<string, unknown>) => string} Say */

/**
 * Why a message was given up, in the language of the page. What we have against it is known by its words (a test looks for them in
 * the sources); what somebody else's program said stays as it is, in quotes.
 * @param {string} reason @param {Say} t @returns {string}
 */
export function sayWhy(reason, t) {
  for (const [name, pattern] of REASONS) {
    const found = pattern.exec(reason)
    if (found === null) continue
    const { why, ...values } = found.groups ?? {}
    return t(`letters.why.${name}`, { ...values, ...(why !== undefined && { why: sayWhy(why, t) }) })
  }
  return t('letters.why.quoted', { said: reason })
}

/** @type {[name: string, pattern: RegExp][]} the more special first */
const REASONS = [
  ['tooOld', /^no final word within (?<days>\d+) days$/],
  ['crashes', /^went down with its worker (?<times>\d+) times$/],
  ['failed', /^failed (?<times>\d+) times: (?<why>.+)$/s],
  ['putOff', /^put off for (?<hours>\d+) h: (?<why>.+)$/s],
  ['noJson', /^malformed JSON$/],
  ['tooLarge', /^too large: (?<characters>\d+) characters$/],
  ['noMessage', /^not a message: (?<why>.+)$/s],
  ['noCloudEvent', /^not a CloudEvent of ours$/],
  ['unknownEvent', /^unknown event: (?<event>.+)$/s],
  ['version', /^(?<event>\S+) of another version$/],
  ['unreadable', /^invalid (?<event>\S+): it cannot be read as its version (?<v>\d+)$/],
  ['invalidBecause', /^invalid (?<event>\S+): (?<why>.+)$/s],
  ['invalid', /^invalid (?<event>\S+)$/],
  ['noSale', /^nothing was set aside for this sale$/],
  ['noSms', /^nobody knows which SMS it was$/],
  ['sealed', /^it was sealed with another SEAL_SECRET than ours, or changed on its way$/],
  ['noPayment', /^order (?<order>\S+) has no payment$/],
]
