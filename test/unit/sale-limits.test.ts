import { describe, expect, it } from '@jest/globals'
import { problemOf } from '../order-rig.ts'
import { useSales } from '../sale-rig.ts'

describe('limits of sales', () => {
  const rig = useSales({ RATE_LIMITS: 'on' })

  it('let one address join sixty times in a minute, and try sixty wrong keys', async () => {
    const sale = await rig.openFor3()
    for (let i = 0; i < 60; i++) await rig.join(sale, `buyer${i}`)
    const join = await rig.joinAs(sale, 'one-more')
    expect([join.status, join.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
    expect((await problemOf(join)).detail).toContain('Too many have joined sales from your address.')

    const path = `/api/sales/${sale}/entries/01a20753-7f79-740f-a857-ba8f5bfbbd1d`
    const tries = await Promise.all(Array.from({ length: 61 }, () => rig.get(path, { 'order-key': 'guess' })))
    expect(tries.map(({ status }) => status).toSorted()).toEqual([...Array(60).fill(404), 429])
  })
})
