import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop('with orders that wait')

describe('a shop with orders that wait', () => {
  it('is at rest and well, and says how many wait', () => {
    const { findings, isAtRest, figures } = shop.audit()
    expect(findings).toEqual([])
    expect(isAtRest).toBe(true)
    expect(figures.orders).toMatchObject({ waiting: 3, onTheirWay: 0 })
  })
})
