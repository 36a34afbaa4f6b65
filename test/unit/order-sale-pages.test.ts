import { describe, expect, it } from '@jest/globals'
import { problemOf, useOrders } from '../order-rig.ts'

const NOBODY = 'http://127.0.0.1:1'

describe('who comes to order for a sale', () => {
  const orders = useOrders({ SALE_PAGES_URL: 'https://sale.example/', SALE_URL: NOBODY })
  const locationOf = async (path: string) => {
    const { status, headers } = await fetch(orders.url + path, { redirect: 'manual' })
    return [status, headers.get('location')]
  }

  it('is sent to the door that sale has of its own, with all that they asked for', async () => {
    expect(await locationOf('/sale')).toEqual([307, 'https://sale.example/sale'])
    expect(await locationOf('/sale/some-id?a=1&b=%2F')).toEqual([307, 'https://sale.example/sale/some-id?a=1&b=%2F'])
  })

  it('is forwarded with everything else', async () => {
    expect((await problemOf(await orders.get('/api/sales'))).detail).toContain('The sale service is away.')
  })
})

describe('who comes to order for a sale where it has no address for people', () => {
  const orders = useOrders({ SALE_URL: NOBODY })

  it('is forwarded', async () => {
    expect((await problemOf(await orders.get('/sale/some-id'))).detail).toContain('The sale service is away.')
  })
})
