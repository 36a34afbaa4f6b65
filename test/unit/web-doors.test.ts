import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { ownerOf } from '../../shared/doors.ts'
import { call } from '../calls.ts'
import { useControl } from '../control-rig.ts'
import { useMailbox } from '../mailbox-rig.ts'
import { keyOf, withKey } from '../order-key.ts'
import { problemOf, TOKEN, wish } from '../order-rig.ts'
import { talk } from '../raw-http.ts'

const control = useControl()
const { orders } = control
const mailbox = useMailbox()
const admin = { authorization: `Bearer ${TOKEN}` }
/** Where the program listens that answers at a path. */
const doorOf = (path: string) => (ownerOf(path) === 'control' ? control.url : orders.url)
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

const send = (url: string, method: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(url, { method, headers, ...(body !== undefined && { body }) })

describe('a body that is no JSON', () => {
  it.each(['/api/orders', '/api/admin/restock', '/api/admin/dead-letters/replay', '/control'])(
    'is refused at %s with the header that is missing, as curl -d sends it',
    async (path) => {
      const answer = await send(doorOf(path) + path, 'POST', { ...FORM, ...admin }, JSON.stringify(wish()))

      expect(answer.headers.get('accept-post')).toBe('application/json')
      const detail = expect.stringContaining('"Content-Type: application/json"')
      expect(await problemOf(answer)).toMatchObject({ status: 415, detail })
    },
  )

  it('is refused by the simulators in the same way', async () => {
    const answer = await send(`${mailbox.url}/_switches`, 'POST', FORM, '{"down":true}')
    expect(await problemOf(answer)).toMatchObject({ status: 415 })
  })

  it('that is not there is missing, and not of the wrong type', async () => {
    const answer = await send(`${orders.url}/api/orders`, 'POST')
    expect(await problemOf(answer)).toMatchObject({ status: 422, errors: [{ field: 'body', message: 'is missing' }] })
  })

  it('does not matter where nobody wants one', async () => {
    const id = await orders.place()
    const answer = await send(`${orders.url}/api/orders/${id}/cancel`, 'POST', { ...FORM, ...withKey(id) }, 'a=b')
    expect(answer.status).toBe(200)
  })
})

describe('a path that is known', () => {
  it.each([
    ['PUT', '/api/orders', 'POST, OPTIONS'],
    ['GET', '/api/orders', 'POST, OPTIONS'],
    ['DELETE', '/api/orders/1', 'GET, HEAD, OPTIONS'],
    ['POST', '/api/products', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/api/admin/orders', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/control', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ])('answers %s %s with the methods that go there', async (method, path, allowed) => {
    const answer = await send(doorOf(path) + path, method)

    expect(answer.headers.get('allow')).toBe(allowed)
    expect(await problemOf(answer)).toMatchObject({ status: 405 })
  })

  it('tells them to whoever asks for the options, the simulators too', async () => {
    for (const [url, allowed] of [
      [`${orders.url}/api/orders`, 'POST, OPTIONS'],
      [`${mailbox.url}/messages`, 'GET, HEAD, DELETE, OPTIONS'],
    ] as const) {
      const answer = await send(url, 'OPTIONS')
      expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([204, allowed, ''])
    }
  })

  it.each(['/', '/api/products', '/openapi.json', '/docs', '/healthz'])(
    'answers HEAD as GET, without the body: %s',
    async (path) => {
      const [head, get] = [await send(orders.url + path, 'HEAD'), await send(orders.url + path, 'GET')]

      expect([head.status, head.headers.get('content-length')]).toEqual([200, get.headers.get('content-length')])
      expect(await head.text()).toBe('')
    },
  )

  it('is another thing than one that is not', async () => {
    for (const method of ['GET', 'PUT', 'OPTIONS'])
      expect(await problemOf(await send(`${orders.url}/nothing`, method))).toMatchObject({ status: 404 })
    expect(await problemOf(await orders.get('/assets/nothing.css'))).toMatchObject({ status: 404 })
  })
})

describe('the admin token', () => {
  it.each(['bearer', 'BEARER', 'Bearer '])('may come as %s', async (scheme) => {
    expect((await orders.get('/api/admin/orders', { authorization: `${scheme} ${TOKEN}` })).status).toBe(200)
  })

  it.each(['Basic', ''])('does not come as %j, and the answer says how it does', async (scheme) => {
    const answer = await orders.get('/api/admin/orders', { authorization: `${scheme} ${TOKEN}` })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Orderline"'])
  })

  it('is asked for before a body is read', async () => {
    const garbage = await send(`${control.url}/api/admin/restock`, 'POST', { 'content-type': 'application/json' }, '{')
    const asked =
      'POST /ops/dead-letters/replay HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 9\nConnection: close\n\n'

    expect(await problemOf(garbage)).toMatchObject({ status: 401 })
    expect((await talk(orders.url, asked)).said).toMatch(/^HTTP\/1.1 401 /)
  })
})

describe('what is no proper request', () => {
  it.each([
    ['no HTTP', 'GET /a b HTTP/1.1\nHost: x\n\n', 400],
    ['no address', 'GET http://[::1 HTTP/1.1\nHost: x\nConnection: close\n\n', 400],
    ['half a character', 'GET /api/orders/%E0%A4%A HTTP/1.1\nHost: x\nConnection: close\n\n', 400],
    ['endless headers', `GET / HTTP/1.1\nHost: x\nX: ${'x'.repeat(20_000)}\n\n`, 431],
    ['no host', 'GET / HTTP/1.1\nConnection: close\n\n', 400],
    ['a tunnel', 'CONNECT shop.example:443 HTTP/1.1\nHost: x\n\n', 405],
    ['an expectation nobody can meet', 'GET / HTTP/1.1\nHost: x\nExpect: miracles\nConnection: close\n\n', 417],
  ])('%s: is refused in the form of all refusals', async (_what, request, status) => {
    const { said } = await talk(orders.url, request)

    const [head = '', body = ''] = said.split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(head).toMatch(/content-type: application\/problem\+json; charset=utf-8/i)
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, detail: expect.any(String) })
  })

  it('a tunnel that its client drops takes nothing else along', async () => {
    const { hostname, port } = new URL(orders.url)
    const socket = connect(Number(port), hostname)
    socket.write('CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n', () => socket.resetAndDestroy())
    await once(socket, 'close')

    expect((await orders.get('/healthz')).status).toBe(200)
  })

  it('a question about the server as a whole is one all the same', async () => {
    const { said } = await talk(orders.url, 'OPTIONS * HTTP/1.1\nHost: x\nConnection: close\n\n')
    expect(said).toMatch(/^HTTP\/1.1 204 No Content\r\n(.+\r\n)*Allow: GET, HEAD, POST, OPTIONS\r\n/)
  })

  it('gets one answer, also when what follows it makes no sense', async () => {
    const { said } = await talk(orders.url, 'PUT /healthz HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nzz\n')
    expect(said.match(/HTTP\/1.1 /g)).toHaveLength(1)
  })

  it('is told so after the answer to what stood before it', async () => {
    const { said } = await talk(orders.url, 'GET /api/products HTTP/1.1\nHost: x\n\nthis is not HTTP\n\n')
    expect(said.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'])
  })

  it('a body that was announced is asked for when someone wants it', async () => {
    const body = JSON.stringify(wish())
    const head = `POST /api/orders HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: ${body.length}`
    const { said } = await talk(orders.url, `${head}\nExpect: 100-continue\nConnection: close\n\n${body}`)
    expect(said).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 Created/)
  })
})

describe('an upload that is too large', () => {
  const MEGABYTE = 'x'.repeat(1024 * 1024)
  const chunk = `100000\r\n${MEGABYTE}\r\n`
  const head = 'Host: x\nContent-Type: application/json\n'

  it.each([
    ['that does not say how large', '/api/orders', `${head}Transfer-Encoding: chunked`, chunk, 413],
    ['that says so', '/api/orders', `${head}Content-Length: 1000000000000`, MEGABYTE, 413],
    [
      'that nobody wants',
      '/api/orders/1/cancel',
      `Host: x\nOrder-Key: ${keyOf('1')}\nTransfer-Encoding: chunked`,
      chunk,
      413,
    ],
    ['about an order of others', '/api/orders/1/cancel', 'Host: x\nTransfer-Encoding: chunked', chunk, 404],
    ['of nobody knows whom', '/api/admin/restock', `${head}Transfer-Encoding: chunked`, chunk, 401],
    ['to nowhere', '/nothing', `${head}Transfer-Encoding: chunked`, chunk, 404],
  ])('%s: is answered, and then cut off', async (_what, path, headers, more, status) => {
    const { said, sentBytes } = await talk(doorOf(path), `POST ${path} HTTP/1.1\n${headers}\n\n`, more)

    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\n(.+\r\n)*Connection: close\r\n`))
    expect(sentBytes).toBeLessThan(20 * 1024 * 1024) // what the kernels hold
  })

  it('is cut off where the answer was none of refusal, too', async () => {
    const { said } = await talk(orders.url, 'GET /healthz HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n', chunk)
    expect(said).toMatch(/^HTTP\/1.1 200 /)
  })
})

describe('an answer', () => {
  const personal = async () => {
    const id = await orders.place()
    const controller = new AbortController()
    const answers = await Promise.all([
      orders.order(),
      orders.get(`/api/orders/${id}`, withKey(id)),
      orders.get('/api/orders/0'),
      orders.get('/api/admin/orders', admin),
      call(orders.url, '/ops/dead-letters'),
      fetch(`${orders.url}/api/orders/${id}/events`, { headers: withKey(id), signal: controller.signal }),
    ])
    controller.abort()
    return answers
  }

  it('about a person or the inner life of the shop is kept by nobody', async () => {
    for (const answer of await personal())
      expect([answer.url, answer.headers.get('cache-control')]).toEqual([answer.url, 'no-store'])
  })

  it('without a tag is told in full to who wants only what has none', async () => {
    const { said } = await talk(orders.url, 'GET /healthz HTTP/1.1\nHost: x\nIf-None-Match: *\nConnection: close\n\n')
    expect(said).toMatch(/^HTTP\/1.1 200 /)
  })

  it('is what it says, and nobody guesses otherwise', async () => {
    const open = [
      '/',
      '/api/products',
      '/openapi.json',
      '/docs',
      '/control',
      '/assets/style.css',
      '/healthz',
      '/nothing',
    ]
    const answers = await Promise.all([...open.map((path) => orders.get(path)), mailboxAnswer()])
    for (const answer of [...answers, ...(await personal())])
      expect([answer.url, answer.headers.get('x-content-type-options')]).toEqual([answer.url, 'nosniff'])
    expect((await talk(orders.url, 'no HTTP\n\n')).said).toContain('X-Content-Type-Options: nosniff')
  })

  const mailboxAnswer = () => fetch(`${mailbox.url}/messages`)

  it('that is a page stands in nobody’s frame', async () => {
    for (const path of ['/docs', '/control', '/orders/1']) {
      const policy = (await fetch(doorOf(path) + path)).headers.get('content-security-policy')
      expect(policy).toMatch(/default-src 'none';.*frame-ancestors 'none'/)
    }
  })
})
