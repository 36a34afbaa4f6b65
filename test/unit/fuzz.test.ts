import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Route } from '../../fuzz/document.ts'
import { repeatOf } from '../../fuzz/finding.ts'
import { readAnswers } from '../../fuzz/read-answers.ts'
import { type Request, requestOf } from '../../fuzz/request.ts'
import { smsRoutes } from '../../fuzz/sms-door.ts'
import { webhookRoute } from '../../fuzz/webhook-door.ts'
import { wishesFor } from '../../fuzz/wish.ts'
import { createWords } from '../../fuzz/words.ts'

const TOKEN = 'token-of-the-test'
const SECRET = 'whsec_of_the_test'
const SMS = { token: 'token of the gateway', base: 'http://127.0.0.1:3003/webhooks/sms' }
const admin = {
  ...{ token: TOKEN, cookie: 'a=b', customers: { cookieFor: () => 'c=d' } },
  ...{ webhookSecret: SECRET, sms: SMS },
}
const schema = {
  type: 'object',
  properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1, maximum: 9 } },
  required: ['sku', 'quantity'],
}
const route: Route = {
  ...{ method: 'POST', path: '/api/things/{id}', body: schema, replies: new Map(), doors: [{ kind: 'token' }] },
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
}

const requestsOf = (seed: number): Request[] =>
  fc.sample(wishesFor([route]), { seed, numRuns: 300 }).map((wish) => requestOf(wish, createWords(), admin))
const bytesOf = (seed: number) => requestsOf(seed).map(({ bytes }) => bytes.toString('latin1'))

describe('the requests of a fuzz', () => {
  it('are the same for the same seed', () => {
    expect(bytesOf(7)).toEqual(bytesOf(7))
    expect(bytesOf(8)).not.toEqual(bytesOf(7))
  })

  it('speak of what the shop has told of', () => {
    const words = createWords()
    words.learn({ things: [{ id: 'thing-1', sku: 'MUG-001' }] })

    const wishes = fc.sample(wishesFor([route]), { seed: 7, numRuns: 300 })
    const texts = wishes.map((wish) => requestOf(wish, words, admin).bytes.toString('latin1'))

    expect(texts.filter((text) => text.startsWith('POST /api/things/thing-1 ')).length).toBeGreaterThan(50)
    expect(texts.filter((text) => text.includes('"sku":"MUG-001"')).length).toBeGreaterThan(50)
  })

  it('are signed as the gateway signs where they come to its door, and otherwise too', () => {
    const wishes = fc.sample(wishesFor([webhookRoute()]), { seed: 7, numRuns: 300 })
    const isSigned = ({ body, headers }: Request) =>
      headers.some(([name, value]) => {
        const [, second, digest] = /^t=(\d+),v1=(\w{64})$/.exec(value) ?? []
        const expected = createHmac('sha256', SECRET).update(`${second}.`).update(body).digest('hex')
        return name === 'Stripe-Signature' && digest === expected
      })

    const signed = wishes.map((wish) => requestOf(wish, createWords(), admin)).filter(isSigned)

    expect(signed.length).toBeGreaterThan(100)
    expect(signed.length).toBeLessThan(250)
  })

  it('are signed as the SMS gateway signs, over the address and the fields, where they come to its doors', () => {
    const wishes = fc.sample(fc.oneof(...smsRoutes().map((route) => wishesFor([route]))), { seed: 7, numRuns: 300 })
    const isSigned = ({ target, body, headers }: Request) => {
      const fields = [...new URLSearchParams(body.toString())].sort(([a], [b]) => (a < b ? -1 : 1))
      const text = `http://127.0.0.1:3003${target}${fields.map((field) => field.join('')).join('')}`
      const expected = createHmac('sha1', SMS.token).update(text).digest('base64')
      return headers.some(([name, value]) => name === 'X-Twilio-Signature' && value === expected)
    }

    const requests = wishes.map((wish) => requestOf(wish, createWords(), admin))

    expect(requests.filter(isSigned).length).toBeGreaterThan(100)
    expect(requests.filter(isSigned).length).toBeLessThan(250)
    expect(requests.some(({ body }) => /^MessageSid=SM[0-9a-f]{32}&/.test(body.toString()))).toBe(true)
  })

  it('can be repeated from a terminal, and the token is not shown there', () => {
    const lines = requestsOf(7).map((request) => repeatOf(request, TOKEN, () => '/a/file'))

    expect(lines.filter((line) => line.includes(TOKEN))).toEqual([])
    expect(lines.filter((line) => /^(curl|printf) .*"\$TOKEN"/.test(line)).length).toBeGreaterThan(5)
    expect(lines.filter((line) => !/^(curl -sig |printf |nc localhost 3000 < \/a\/file$)/.test(line))).toEqual([])
  })
})

describe('what a server says', () => {
  const read = (text: string, methods = ['GET', 'GET']) =>
    readAnswers(Buffer.from(text.replaceAll('\n', '\r\n')), methods, true).map(({ status, body }) => [
      status,
      `${body}`,
    ])

  it('is read answer by answer, whether it comes by length or in chunks', () => {
    const sized = 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhi'
    const chunked = 'HTTP/1.1 404 Not Found\nTransfer-Encoding: chunked\n\n3\nnot\n1\n!\n0\n\n'

    expect(read(`HTTP/1.1 100 Continue\n\n${sized}${chunked}`)).toEqual([
      [200, 'hi'],
      [404, 'not!'],
    ])
  })

  it('beyond what was asked for is no answer', () => {
    expect(() => read('HTTP/1.1 204 No Content\n\nHTTP/1.1 400 Bad\n\n', ['GET'])).toThrow('no answer')
  })
})
