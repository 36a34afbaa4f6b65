import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { shapeOf } from '../../shared/web/docs/shape.ts'
import {
  documentAt,
  keepsPromise as keepsPromiseAt,
  openToAnyone,
  ownersIn,
  routesIn,
  untold,
} from '../api-document.ts'
import { withKey } from '../order-key.ts'
import { useOrders } from '../order-rig.ts'

const orders = useOrders()
const parameters = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ parameters: z.array(z.unknown()).optional() }))),
})
const secured = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.unknown()).optional() }))),
  components: z.object({ securitySchemes: z.object({ orderKey: z.unknown() }) }),
})
const document = () => documentAt(orders.url)
const keepsPromise = (method: 'get' | 'post' | 'put', path: string, answer: Response) =>
  keepsPromiseAt(orders.url, method, path, answer)

describe('the document of the API', () => {
  it('promises what is answered', async () => {
    const id = await orders.place()

    await keepsPromise('post', '/api/orders', await orders.order())
    await keepsPromise('post', '/api/orders', await orders.order({ items: [] }))
    await keepsPromise('post', '/api/orders', await orders.order({}, { 'Idempotency-Key': 'a b' }))
    await keepsPromise('get', '/api/orders/{id}', await orders.get(`/api/orders/${id}`, withKey(id)))
    await keepsPromise('post', '/api/orders', await orders.order({}, { 'content-type': 'text/plain' }))
    await keepsPromise('post', '/api/orders', await orders.order({ x: 'x'.repeat(70_000) }))
    await keepsPromise('get', '/api/orders/{id}', await orders.get('/api/orders/0'))
    await keepsPromise('get', '/api/orders/{id}', await orders.get('/api/orders/%zz'))
    await keepsPromise('get', '/api/orders/{id}', await fetch(`${orders.url}/api/orders/${id}`, { method: 'PUT' }))
    await keepsPromise('post', '/api/orders/{id}/cancel', await orders.post('/api/orders/0/cancel', 'x'.repeat(70_000)))
    const large = await orders.post(`/api/orders/${id}/cancel`, 'x'.repeat(70_000), withKey(id))
    await keepsPromise('post', '/api/orders/{id}/cancel', large)
    await keepsPromise('post', '/api/orders/{id}/cancel', await orders.cancel(id))
    await keepsPromise('post', '/api/orders/{id}/cancel', await orders.cancel(id))
    await keepsPromise('get', '/api/orders/{id}/trace', await orders.get(`/api/orders/${id}/trace`, withKey(id)))
    await keepsPromise('get', '/api/orders/{id}/sms', await orders.get(`/api/orders/${id}/sms`, withKey(id)))
    await keepsPromise('get', '/api/products', await orders.get('/api/products'))
    await keepsPromise('get', '/api/admin/orders', await orders.get('/api/admin/orders'))
    await keepsPromise('get', '/api/admin/orders', await orders.admin('orders'))
    await keepsPromise('get', '/api/admin/orders', await orders.admin('orders?limit=x'))
    await keepsPromise('put', '/api/admin/prices/{sku}', await orders.setPrice('MUG-001', 900))
    await keepsPromise('put', '/api/admin/prices/{sku}', await orders.setPrice('NO-1', 900))
  })

  it('says of each parameter what it is for and what it looks like', async () => {
    const { paths } = parameters.parse(await (await orders.get('/openapi.json')).json())

    expect(paths['/api/orders/{id}/events']?.get?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      expect.objectContaining({
        name: 'Last-Event-ID',
        in: 'header',
        description: expect.stringContaining('last event'),
      }),
    ])
  })

  it('says which routes ask for the key of the order, its owner, or else the admin', async () => {
    const { paths, components } = secured.parse(await (await orders.get('/openapi.json')).json())

    expect(components.securitySchemes.orderKey).toMatchObject({ type: 'apiKey', in: 'header', name: 'Order-Key' })
    const ofOrder = Object.entries(paths).filter(([path]) => path.startsWith('/api/orders/{id}'))
    expect(ofOrder).toHaveLength(6)
    for (const [, methods] of ofOrder)
      for (const { security } of Object.values(methods))
        expect(security).toEqual([{ orderKey: [] }, { session: [] }, { admin: [] }])
    expect(await (await orders.get('/docs')).text()).toContain('<em>order key</em> <em>signed in</em> <em>admin</em>')
  })

  it('accepts what the API accepts, and refuses what it refuses', async () => {
    const { paths } = await document()
    const body = paths['/api/orders']?.post?.requestBody?.content['application/json']?.schema
    const schema = z.fromJSONSchema(body ?? false)
    const order = {
      customer: { name: 'Ada', email: 'ada@example.com' },
      items: [{ sku: 'MUG-001', quantity: 1 }],
      payment: { method: 'pm_card_visa' },
    }

    expect(schema.safeParse(order).success).toBe(true)
    expect(schema.safeParse({ ...order, items: [] }).success).toBe(false)
    expect(schema.safeParse({ ...order, payment: { method: 'cash' } }).success).toBe(false)
    for (const payment of [{ method: 'hosted' }, undefined])
      expect(schema.safeParse({ ...order, payment }).success).toBe(true)
  })

  it('names the routes of the shop, with their refusals', async () => {
    const { paths } = await document()

    expect(routesIn(await document())).toEqual([
      'post /api/orders',
      'get /api/orders/{id}',
      'get /api/orders/{id}/events',
      'get /api/orders/{id}/trace',
      'post /api/orders/{id}/pay',
      'post /api/orders/{id}/cancel',
      'get /api/products',
      'get /api/account/orders',
      'get /api/admin/orders',
      'post /api/admin/orders/{id}/refunds',
      'put /api/admin/prices/{sku}',
      'get /api/orders/{id}/sms',
    ])
    const statuses = ['201', '400', '405', '408', '409', '413', '415', '417', '422', '429', '431', '500', '503']
    expect(Object.keys(paths['/api/orders']?.post?.responses ?? {})).toEqual(statuses)
  })

  it('names no route of the admin that can be used without the token', async () => {
    expect(await openToAnyone(orders.url)).toEqual([])
  })

  it('has an answer for each route in the docs, and its words in Chinese', async () => {
    expect(await untold(orders.url)).toEqual([])
  })

  it('names only what is behind a door of order’s', async () => {
    expect(await ownersIn(orders.url)).toEqual(['order'])
  })

  it('can be read as a page that loads nothing from elsewhere, and has no script or style in it', async () => {
    const page = await (await orders.get('/docs')).text()
    const loaded = [...page.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]*)"/g)].map(([, from]) => from)

    expect(page).toContain('<article id="post-orders-id-cancel">')
    expect(page).toContain('quantity: integer (1 to 100)')
    expect(loaded.filter((from) => !/^\/(order\/)?assets\//.test(from ?? ''))).toEqual([])
    expect(page).not.toMatch(/<script>|<style| style=/)
  })

  it('leads from each place of the page to one that is there', async () => {
    const page = await (await orders.get('/docs')).text()
    const all = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, found]) => found)
    const ids = all(/ id="([^"]*)"/g)

    expect(new Set(ids).size).toBe(ids.length)
    expect(all(/href="#([^"]*)"/g).filter((id) => !ids.includes(id))).toEqual([])
  })

  it('is a page in Chinese for who would rather read that, or has chosen it', async () => {
    for (const [name, value] of [
      ['accept-language', 'zh-CN,zh;q=0.9'],
      ['cookie', 'theme=dark; language=zh'],
    ] as const) {
      const page = await (await orders.get('/docs', { [name]: value })).text()
      expect(page).toContain('<html lang="zh"')
      expect(page).toContain('为待付款的订单付款')
      expect(page).not.toContain('Place an order')
    }
  })

  it('shows commands for the address where it was found, whatever somebody calls that', async () => {
    const host = new URL(orders.url).host

    expect(await (await orders.get('/docs')).text()).toContain(`curl -s ${host}/api/orders `)
  })

  it('is packed quickly, for whoever asks by a new name has it packed anew', async () => {
    const headers = { host: 'never-heard-of.example', 'accept-encoding': 'br' }
    const packed = await new Promise<Buffer>((resolve) => {
      request(`${orders.url}/docs`, { headers }, (answer) => void buffer(answer).then(resolve)).end()
    })

    const page = brotliDecompressSync(packed)
    const best = brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_LGWIN]: 16 } }) // takes a second for all of a shop
    expect(page.toString()).toContain('never-heard-of.example')
    expect(packed.length).toBeGreaterThan(best.length * 1.05)
  })
})

describe('a shape', () => {
  it('is a schema as a person would write it down', () => {
    const item = { type: 'object' as const, properties: { sku: { type: 'string' as const, maxLength: 64 } } }

    expect(shapeOf({ type: 'array', items: { ...item, required: ['sku'] }, minItems: 1 })).toBe(
      '[{\n  sku: string (at most 64)\n}, …] (at least 1)',
    )
    expect(shapeOf({ anyOf: [{ enum: ['a', 'b'] }, { type: 'null' }] })).toBe('"a" | "b" | null')
  })
})
