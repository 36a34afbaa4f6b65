import { describe, expect, it } from '@jest/globals'
import { FarAway, lookupNear, nearOrigin } from '../../shared/web/near.ts'

describe('an address at which a worker says that it answers', () => {
  it.each([
    'http://127.0.0.1:40181',
    'http://[::1]:40181',
    'http://10.1.2.3:8080',
    'http://172.31.0.9:8080',
    'http://192.168.1.1:8080',
    'http://100.101.102.103:8080',
    'http://[fd12:3456::1]:8080',
    'http://[::ffff:10.0.0.1]:8080',
    'http://3f2a9c1d8e7b:8080',
    'http://inventory:8080',
  ])('is called when it is near, or has yet to be looked up: %s', (text) => {
    expect(nearOrigin(text)).toBe(new URL(text).origin)
  })

  it.each([
    'http://203.0.113.7:8080',
    'http://169.254.169.254:80',
    'http://0.0.0.0:8080',
    'http://172.32.0.1:8080',
    'http://[2001:db8::1]:8080',
    'http://[::ffff:203.0.113.7]:8080',
    'http://0xcb007107:8080',
    'https://127.0.0.1:8080',
    'ftp://127.0.0.1:8080',
    'http://user:pass@127.0.0.1:8080',
    'http://127.0.0.1:8080/elsewhere',
    'http://127.0.0.1:8080/?a=b',
    'http://127.0.0.1:8080/#a',
    'http://127.0.0.1:port',
    'http://127.0.0.1:99999',
    '127.0.0.1:8080',
    '',
  ])('is not called when it is far away, or more than an address: %j', (text) => {
    expect(() => nearOrigin(text)).toThrow(FarAway)
  })

  it('that is a name stands for what is near only', async () => {
    const lookUp = (name: string, all: boolean) =>
      new Promise((resolve) =>
        lookupNear(name, { all, family: 4 }, (error, found) => resolve(error ? error.message : found)),
      )

    expect(await lookUp('localhost', true)).toEqual([{ address: '127.0.0.1', family: 4 }])
    expect(await lookUp('localhost', false)).toBe('127.0.0.1')
    expect(await lookUp('203.0.113.7', true)).toBe('203.0.113.7 is not in a private network')
  })
})
