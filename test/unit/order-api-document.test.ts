import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { shapeOf } from '../../shared/web/docs-shape.ts'
import { useOrders } from '../order-rig.ts'

const orders = useOrders()
const media = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }))
const operation = z.object({
  requestBody: z.object({ content: media }).optional(),
  responses: z.record(z.string(), z.object({ content: media.optional() })),
})
const openApi = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
})

const parameters = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ parameters: z.array(z.unknown()).optional() }))),
})

async function document() {
  return openApi.parse(await (await orders.get('/openapi.json')).json())
}

/** Checks an answer against what the document promises for it. */
async function keepsPromise(method: 'get' | 'post', path: string, answer: Response): Promise<void> {
  const { paths, components } = await document()
  const promised = paths[path]?.[method]?.responses[answer.status]?.content
  const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
  const schema = promised?.[type]?.schema
  expect({ path, status: answer.status, type, isPromised: schema !== undefined }).toMatchObject({ isPromised: true })
  const whole = schema?.$ref === '#/components/schemas/Problem' ? components.schemas.Problem : schema
  expect(z.fromJSONSchema(whole ?? false).safeParse(await answer.json())).toMatchObject({ success: true })
}

describe('the document of the API', () => {
  it('promises what is answered', async () => {
    const id = await orders.place()

    await keepsPromise('post', '/api/orders', await orders.order())
    await keepsPromise('post', '/api/orders', await orders.order({ items: [] }))
    await keepsPromise('post', '/api/orders', await orders.order({}, { 'Idempotency-Key': 'a b' }))
    await keepsPromise('get', '/api/orders/{id}', await orders.get(`/api/orders/${id}`))
    await keepsPromise('post', '/api/orders', await orders.order({}, { 'content-type': 'text/plain' }))
    await keepsPromise('post', '/api/orders', await orders.order({ x: 'x'.repeat(70_000) }))
    await keepsPromise('get', '/api/orders/{id}', await orders.get('/api/orders/0'))
    await keepsPromise('get', '/api/orders/{id}', await orders.get('/api/orders/%zz'))
    await keepsPromise('get', '/api/orders/{id}', await fetch(`${orders.url}/api/orders/${id}`, { method: 'PUT' }))
    await keepsPromise('post', '/api/orders/{id}/cancel', await orders.post('/api/orders/0/cancel', 'x'.repeat(70_000)))
    await keepsPromise('post', '/api/orders/{id}/cancel', await orders.cancel(id))
    await keepsPromise('post', '/api/orders/{id}/cancel', await orders.cancel(id))
    await keepsPromise('get', '/api/products', await orders.get('/api/products'))
    await keepsPromise('get', '/api/admin/orders', await orders.get('/api/admin/orders'))
    await keepsPromise('get', '/api/admin/orders', await orders.admin('orders'))
    await keepsPromise('get', '/api/admin/orders', await orders.admin('orders?limit=x'))
    await keepsPromise('get', '/api/admin/queues', await orders.admin('queues'))
    await keepsPromise('get', '/api/admin/dead-letters', await orders.admin('dead-letters'))
    await keepsPromise('post', '/api/admin/dead-letters/replay', await orders.adminPost('dead-letters/replay'))
    await keepsPromise('post', '/api/admin/restock', await orders.adminPost('restock', { sku: 'X', quantity: 1 }))
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
  })

  it('names the routes of the shop, with their refusals', async () => {
    const { paths } = await document()

    const routes = Object.entries(paths).flatMap(([path, of]) => Object.keys(of).map((method) => `${method} ${path}`))
    expect(routes).toEqual(
      expect.arrayContaining([
        'post /api/orders',
        'get /api/orders/{id}',
        'get /api/orders/{id}/events',
        'post /api/orders/{id}/cancel',
        'get /api/products',
        'get /api/admin/orders',
        'get /api/admin/queues',
        'get /api/admin/dead-letters',
        'post /api/admin/dead-letters/replay',
        'post /api/admin/restock',
      ]),
    )
    const statuses = ['201', '400', '405', '408', '409', '413', '415', '417', '422', '431', '500']
    expect(Object.keys(paths['/api/orders']?.post?.responses ?? {})).toEqual(statuses)
  })

  it('names no route of the admin that can be used without the token', async () => {
    const { paths } = await document()
    const all = Object.entries(paths).filter(([path]) => path.startsWith('/api/admin/'))
    const open: string[] = []

    for (const [path, methods] of all)
      for (const method of Object.keys(methods))
        if ((await fetch(`${orders.url}${path}`, { method })).status !== 401) open.push(`${method} ${path}`)

    expect(all.length).toBeGreaterThan(4)
    expect(open).toEqual([])
  })

  it('can be read as a page that loads nothing from anywhere', async () => {
    const page = await (await orders.get('/docs')).text()

    expect(page).toContain('/api/orders/{id}/cancel')
    expect(page).toContain('quantity: integer (1 to 100)')
    expect(page).not.toMatch(/<script|src=|https?:\/\/|@import|url\(/)
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
