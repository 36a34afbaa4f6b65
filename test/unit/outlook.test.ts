import { describe, expect, it } from '@jest/globals'
import { createOutlook } from '../../services/order/outlook.ts'

describe('how long an order is expected to wait', () => {
  it('is nothing, and when it is paid nobody can tell, until somebody has looked', () => {
    const { waitMs, paidInMs, accepted } = createOutlook()

    accepted()

    expect(waitMs()).toBe(0)
    expect(paidInMs()).toBeNull()
  })
})
