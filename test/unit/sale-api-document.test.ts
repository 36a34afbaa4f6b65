import { describe, expect, it } from '@jest/globals'
import { documentAt, keepsPromise as keepsPromiseAt, ownersIn, routesIn, untold } from '../api-document.ts'
import { withKey } from '../order-key.ts'
import { problemOf } from '../order-rig.ts'
import { useSales } from '../sale-rig.ts'

const rig = useSales({ ORDER_URL: 'http://127.0.0.1:1' }) // where nobody listens

describe('the door of sales', () => {
  it('leads to what others own, and says who of them is away', async () => {
    const answer = await rig.get('/api/products')

    expect(await problemOf(answer)).toMatchObject({ status: 503, detail: expect.stringContaining('order service') })
  })

  it('promises in its document what it answers', async () => {
    const keepsPromise = (method: 'get' | 'post', path: string, answer: Response) =>
      keepsPromiseAt(rig.url, method, path, answer)
    const sale = await rig.openFor3()
    const { ticket } = await rig.join(sale, 'ada')
    await keepsPromise('post', '/api/admin/sales', await rig.announceAs())
    await keepsPromise('post', '/api/admin/sales', await rig.announceAs({ units: 0 }))
    await keepsPromise('get', '/api/sales', await rig.get('/api/sales'))
    await keepsPromise('get', '/api/sales/{id}', await rig.get(`/api/sales/${sale}`))
    await keepsPromise('get', '/api/sales/{id}', await rig.get('/api/sales/nothing'))
    await keepsPromise('post', '/api/sales/{id}/entries', await rig.joinAs(sale, 'ben'))
    await keepsPromise('post', '/api/sales/{id}/entries', await rig.joinAs(sale, 'ben', { buyer: 'x'.repeat(20) }))
    await keepsPromise('get', '/api/sales/{id}/entries', await rig.get(`/api/sales/${sale}/entries`))
    await keepsPromise('get', '/api/sales/{id}/entries', await rig.get(`/api/sales/${sale}/entries?limit=2000`))
    const path = `/api/sales/${sale}/entries/${ticket}`
    await keepsPromise('get', '/api/sales/{id}/entries/{ticket}', await rig.get(path, withKey(ticket)))
    await keepsPromise('get', '/api/sales/{id}/entries/{ticket}', await rig.get(path))
    await keepsPromise('post', '/api/sales/{id}/room', await rig.say(sale, ticket))
    await keepsPromise('post', '/api/sales/{id}/room', await rig.say(sale, ticket))
    await keepsPromise('post', '/api/sales/{id}/room', await rig.say(sale, ticket, {}, {}))
    await keepsPromise('post', '/api/admin/sales/{id}/end', await rig.adminPost(`sales/${sale}/end`))
  })

  it('names every route, and only what is behind a door of its own', async () => {
    expect(routesIn(await documentAt(rig.url)).toSorted()).toEqual([
      'get /api/sales',
      'get /api/sales/{id}',
      'get /api/sales/{id}/entries',
      'get /api/sales/{id}/entries/{ticket}',
      'post /api/admin/sales',
      'post /api/admin/sales/{id}/end',
      'post /api/sales/{id}/entries',
      'post /api/sales/{id}/room',
    ])
    expect(await ownersIn(rig.url)).toEqual(['sale'])
    expect(await untold(rig.url)).toEqual([])
  })
})
