import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { declineReasonOf, declineReasons } from '../../shared/decline-reasons.ts'

// https://docs.stripe.com/declines/codes asks to show the first four as a generic decline; the others say as much.
const SECRET = [
  ...['fraudulent', 'lost_card', 'stolen_card', 'merchant_blacklist'],
  ...['pickup_card', 'restricted_card', 'security_violation', 'do_not_honor', 'call_issuer', 'constructor', ''],
]

describe('why a card was declined', () => {
  it.each(SECRET)('is not told where it is %j', (code) => {
    expect(declineReasonOf(code)).toBe('card_declined')
  })

  it('is told where its holder can do something about it', () => {
    expect(['insufficient_funds', 'expired_card', 'incorrect_cvc'].map(declineReasonOf)).toEqual([
      'insufficient_funds',
      'expired_card',
      'incorrect_cvc',
    ])
  })

  it.each(['en', 'zh'])('has words on the pages in %s', (language) => {
    const keys = Object.keys(declineReasons).map((reason) => `reason.${reason}`)
    const words = readFileSync(`shared/web/public/words/${language}.js`, 'utf8')
    for (const key of keys) expect(words).toContain(`'${key}'`)
  })
})
