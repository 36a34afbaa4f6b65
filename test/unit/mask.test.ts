import { describe, expect, it } from '@jest/globals'
import { mask } from '../../shared/mask.ts'
import { samples } from '../event-samples.ts'

describe('what is shown of events', () => {
  it('names nobody, and still says what was bought', () => {
    expect(mask(samples['order.placed'])).toEqual({
      ...samples['order.placed'],
      customer: { name: '•••', email: '•••' },
    })
  })

  it('masks all that stands under a person’s address, whatever it is called there', () => {
    const told = {
      shippingAddress: { line1: 'Main St 1', lines: ['c/o Bob'], number: 7 },
      phone: 49_170_123,
      cityCode: 'B',
    }
    expect(mask(told)).toEqual({
      shippingAddress: { line1: '•••', lines: ['•••'], number: 0 },
      phone: 0,
      cityCode: '•••',
    })
  })

  it('masks what looks like an e-mail or a phone number in any text', () => {
    expect(mask({ reason: '550 <ada@example.com> unknown, call +49 170 123 45 67 (or 030/1234567)' })).toEqual({
      reason: '550 <•••> unknown, call ••• (or •••)',
    })
  })

  it('leaves alone what is about no person', () => {
    const told = {
      ...samples['payment.captured'],
      at: '2026-11-26T21:05:00.123Z',
      id: '01a20753-7f79-740f-a857-ba8f5bfbbd1d',
    }
    expect(mask(told)).toEqual(told)
  })
})
