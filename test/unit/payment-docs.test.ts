import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { HEARD } from '../../services/payment/stripe-events.ts'

const page = readFileSync('docs/payments.md', 'utf8')
const statesInCode =
  /type PaymentState =([\s\S]*?)\n\n/.exec(readFileSync('services/payment/payments.ts', 'utf8'))?.[1] ?? ''

describe('the page about payments', () => {
  it('has every state of a payment', () => {
    const shown = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, state]) => state)
    const states = [...statesInCode.matchAll(/'(\w+)'/g)].map(([, state]) => state)

    expect(states.length).toBeGreaterThan(5)
    expect(shown).toEqual(states)
  })

  it('has the events that an endpoint is to be told of', () => {
    const shown = [...page.matchAll(/`((?:payment_intent|checkout|refund|charge)\.[\w.]+)`/g)].map(([, type]) => type)

    expect(shown).toEqual(HEARD)
  })
})
