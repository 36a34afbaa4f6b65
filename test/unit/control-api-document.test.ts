import { describe, expect, it } from '@jest/globals'
import {
  documentAt,
  keepsPromise as keepsPromiseAt,
  openToAnyone,
  ownersIn,
  routesIn,
  untold,
} from '../api-document.ts'
import { useControl } from '../control-rig.ts'

// Nobody is there: only that it was given makes the control room show mails.
const control = useControl({ MAILBOX_URL: 'http://127.0.0.1:1' })
const { orders } = control
const keepsPromise = (method: 'get' | 'post', path: string, answer: Response) =>
  keepsPromiseAt(control.url, method, path, answer)

const OWN = [
  'get /api/admin/queues',
  'post /api/admin/queues/{service}/pause',
  'post /api/admin/queues/{service}/resume',
  'get /api/admin/queues/{service}/messages',
  'get /api/admin/queues/{service}/messages/{id}',
  'get /api/admin/queues/{service}/history',
  'get /api/admin/dead-letters',
  'post /api/admin/dead-letters/replay',
  'post /api/admin/dead-letters/{service}/{id}/retry',
  'post /api/admin/dead-letters/{service}/{id}/discard',
  'get /api/admin/search',
  'post /api/admin/restock',
  'get /api/admin/pace',
  'post /api/admin/pace',
  'get /api/admin/webhooks',
  'post /api/admin/webhooks',
  'post /api/admin/webhooks/{id}/resume',
  'delete /api/admin/webhooks/{id}',
  'get /api/admin/mails',
  'get /api/admin/mails/{id}',
  'get /api/admin/session',
  'get /api/admin/live',
  'get /api/admin/events',
  'get /api/events',
  'get /asyncapi.json',
  'get /schemas/{event}/{version}',
]

describe('the document of control', () => {
  it('promises what is answered', async () => {
    await keepsPromise('get', '/api/admin/queues', await control.get('/api/admin/queues'))
    await keepsPromise('get', '/api/admin/queues', await control.admin('queues'))
    await keepsPromise('get', '/api/admin/dead-letters', await control.admin('dead-letters'))
    await keepsPromise('post', '/api/admin/dead-letters/replay', await control.adminPost('dead-letters/replay'))
    for (const part of ['messages', 'history', 'messages/some-id']) {
      const path = `/api/admin/queues/{service}/${part.replace('some-id', '{id}')}`
      await keepsPromise('get', path, await control.admin(`queues/order/${part}`))
      await keepsPromise('get', path, await control.admin(`queues/nobody/${part}`))
    }
    for (const verb of ['pause', 'resume']) {
      const path = `/api/admin/queues/{service}/${verb}`
      await keepsPromise('post', path, await control.adminPost(`queues/order/${verb}`))
      await keepsPromise('post', path, await control.adminPost(`queues/nobody/${verb}`))
    }
    for (const deed of ['retry', 'discard']) {
      const path = `/api/admin/dead-letters/{service}/{id}/${deed}`
      const body = { body: '{', reason: 'a test' }
      await keepsPromise('post', path, await control.adminPost(`dead-letters/order/nothing/${deed}`, body))
    }
    await keepsPromise('get', '/api/admin/search', await control.admin('search?q=OL-1000001'))
    await keepsPromise('post', '/api/admin/restock', await control.adminPost('restock', { sku: 'X', quantity: 1 }))
    await keepsPromise('get', '/api/admin/webhooks', await control.admin('webhooks'))
    await keepsPromise('get', '/api/admin/mails', await control.admin('mails'))
    await keepsPromise('get', '/api/admin/mails/{id}', await control.admin('mails/some-mail'))
    await keepsPromise('get', '/api/admin/session', await control.admin('session'))
    await keepsPromise('get', '/api/admin/live', await control.admin('live?state=lost'))
    await keepsPromise('get', '/api/admin/events', await control.admin('events'))
    await keepsPromise('get', '/api/events', await control.get('/api/events'))
    await keepsPromise('get', '/asyncapi.json', await control.get('/asyncapi.json'))
    await keepsPromise('get', '/schemas/{event}/{version}', await control.get('/schemas/order.placed/v1'))
    await keepsPromise('get', '/schemas/{event}/{version}', await control.get('/schemas/order.placed/v9'))
  })

  it('names the routes that are behind its doors, none of which opens without the token', async () => {
    expect(routesIn(await documentAt(control.url))).toEqual(OWN)
    expect(await ownersIn(control.url)).toEqual(['control'])
    expect(await openToAnyone(control.url)).toEqual([])
  })

  it('has an answer for each of them in the docs, and its words in Chinese', async () => {
    expect(await untold(control.url)).toEqual([])
  })
})

describe('the document at the one address', () => {
  it('names the routes of all services, and each is there', async () => {
    const routes = routesIn(await documentAt(orders.url))

    expect(routes).toEqual(expect.arrayContaining([...OWN, 'post /api/orders', 'get /api/admin/orders']))
    expect(await openToAnyone(orders.url)).toEqual([])
    expect(await (await orders.get('/docs')).text()).toContain('/api/admin/dead-letters/replay')
  })

  it('goes on naming what it knew of a service that is away', async () => {
    await documentAt(orders.url)
    await control.stop()

    expect(routesIn(await documentAt(orders.url))).toEqual(expect.arrayContaining(OWN))
  })
})
