import { createHmac } from 'node:crypto'

/**
 * The header `X-Twilio-Signature` of a form that is posted to a URL, query and all.
 * Source: https://www.twilio.com/docs/usage/security#validating-requests
 */
export function signatureOf(url: string, form: URLSearchParams, token: string): string {
  const sorted = [...form].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value)
  return createHmac('sha1', token)
    .update(url + sorted.join(''))
    .digest('base64')
}
