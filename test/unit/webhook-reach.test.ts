import { describe, expect, it } from '@jest/globals'
import { createPost } from '../../services/webhooks/post-webhook.ts'
import { lookupIn, OutOfReach, subscriberUrl } from '../../services/webhooks/reach.ts'
import { cloudEventOf } from '../../shared/protocol/cloud-event.ts'
import { Receiver } from '../webhook-rig.ts'

const told = { id: 'e-1', name: 'order.cancelled', subject: 'o-1', at: 1, data: { number: 'OL-1' } } as const
const internet = { isLoopbackAllowed: false, isPrivateAllowed: false, isPlainAllowed: false }
const tryOut = { isLoopbackAllowed: true, isPrivateAllowed: false, isPlainAllowed: true }
const inHouse = { isLoopbackAllowed: false, isPrivateAllowed: true, isPlainAllowed: false }

describe('the address of a subscriber', () => {
  it.each([
    'https://example.com/hook?shop=1',
    'https://example.com:8443/',
    'https://8.8.8.8/',
    'https://172.32.0.1/',
    'https://[2606:4700::1111]/',
  ])('is taken when it is on the internet, or has yet to be looked up: %s', (text) => {
    expect(subscriberUrl(text, internet).href).toBe(text)
  })

  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://ada:secret@example.com/',
    'https://example.com/#part',
    `https://example.com/${'x'.repeat(2_048)}`,
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://0.0.0.0/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://192.0.0.192/',
    'https://198.18.0.1/',
    'https://203.0.113.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[::7f00:1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:1::1]/',
    'https://[2001:db8::1]/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
    '',
  ])('is refused when it is anything else: %s', (text) => {
    expect(() => subscriberUrl(text, internet)).toThrow(OutOfReach)
  })

  it('may be on loopback, without TLS, where that is to be tried out, and nowhere else', () => {
    expect(subscriberUrl('http://127.0.0.1:4000/', tryOut).port).toBe('4000')
    expect(subscriberUrl('http://[::1]:4000/', tryOut).port).toBe('4000')
    for (const text of ['http://10.0.0.1/', 'http://169.254.169.254/'])
      expect(() => subscriberUrl(text, tryOut)).toThrow(OutOfReach)
  })

  it('may be in a private network where that is said, but never what cloud machines are told their secrets by', () => {
    for (const text of ['https://10.1.2.3/', 'https://[fd00::1]/', 'https://192.168.0.9/'])
      expect(subscriberUrl(text, inHouse).href).toBe(text)
    for (const text of [
      'https://127.0.0.1/',
      'https://169.254.169.254/',
      'https://[fd00:ec2::254]/',
      'http://10.1.2.3/',
    ])
      expect(() => subscriberUrl(text, inHouse)).toThrow(OutOfReach)
  })

  it('that is a name is refused for what it stands for when it is connected to', async () => {
    const lookUp = (networks: typeof internet, all: boolean) =>
      new Promise((resolve) =>
        lookupIn(networks)('localhost', { all, family: 4 }, (error, found) => resolve(error ?? found)),
      )

    expect(await lookUp(internet, true)).toBeInstanceOf(OutOfReach)
    expect(await lookUp(inHouse, false)).toBeInstanceOf(OutOfReach)
    expect(await lookUp(tryOut, true)).toEqual([{ address: '127.0.0.1', family: 4 }])
    expect(await lookUp(tryOut, false)).toBe('127.0.0.1')
  })

  it('is looked up by the connection itself, so that it cannot stand for something else by then', async () => {
    const receiver = await new Receiver().open()
    const url = receiver.url.replace('127.0.0.1', 'localhost')
    const body = JSON.stringify(cloudEventOf(told, 'order', 'http://localhost:3000'))
    const headers = { 'content-type': 'application/cloudevents+json', 'webhook-id': told.id }
    const answerOf = async (networks: typeof internet) => {
      const post = createPost(networks)
      return post.send(url, headers, body, AbortSignal.timeout(2_000)).finally(post.end)
    }

    expect(await answerOf({ ...internet, isPlainAllowed: true })).toEqual({
      failure: expect.stringContaining('is not an address on the internet'),
    })
    expect(receiver.calls).toEqual([])
    expect(await answerOf(tryOut)).toMatchObject({ status: 204 })
    await receiver.close()
  })
})
