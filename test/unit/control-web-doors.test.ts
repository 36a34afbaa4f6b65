import { describe, expect, it } from '@jest/globals'
import { useControl } from '../control-rig.ts'
import { problemOf, TOKEN } from '../order-rig.ts'
import { talk } from '../raw-http.ts'

const control = useControl()
const admin = { authorization: `Bearer ${TOKEN}` }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Both addresses: control's own, and order's, which forwards. */
const both = () => [control.url, control.orders.url]

describe('the doors of control', () => {
  it('refuse a body that is no JSON with the header that is missing', async () => {
    for (const url of both())
      for (const path of ['/api/admin/restock', '/api/admin/dead-letters/replay', '/control']) {
        const answer = await fetch(url + path, { method: 'POST', headers: { ...FORM, ...admin }, body: '{}' })
        expect(answer.headers.get('accept-post')).toBe('application/json')
        expect(await problemOf(answer)).toMatchObject({ status: 415 })
      }
  })

  it('tell what goes there to whoever tries something else, and to whoever asks', async () => {
    for (const url of both()) {
      const wrong = await fetch(`${url}/control`, { method: 'DELETE' })
      const asked = await fetch(`${url}/api/admin/restock`, { method: 'OPTIONS' })
      expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
      expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'POST, OPTIONS'])
    }
  })

  it('ask who is there before a body is read, and cut off an upload then', async () => {
    const head =
      'POST /api/admin/restock HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n'
    for (const url of both()) {
      const { said } = await talk(url, head, `100000\r\n${'x'.repeat(1024 * 1024)}\r\n`)
      expect(said).toMatch(/^HTTP\/1.1 401 /)
    }
  })

  it('tell of the stream of the room to HEAD, which takes no place', async () => {
    for (const url of both()) {
      const answer = await fetch(`${url}/api/admin/live`, { method: 'HEAD', headers: admin })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
      expect(await answer.text()).toBe('')
    }
  })

  it('serve a page that stands in nobody’s frame, and answers that nobody keeps', async () => {
    for (const url of both()) {
      const page = await fetch(`${url}/control`)
      const answer = await fetch(`${url}/api/admin/queues`, { headers: admin })
      expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none';.*frame-ancestors 'none'/)
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })
})
