import { describe, expect, it } from '@jest/globals'
import { readConfig } from '../../shared/config.ts'
import { readRedisUrl } from '../../shared/redis-url.ts'
import { slotOf } from '../../shared/store/slot.ts'

describe('a REDIS_URL', () => {
  it('leads to one server as it is', () => {
    const url = 'rediss://:secret@redis.example:6380/2'
    expect(readRedisUrl(url)).toEqual({ kind: 'server', url })
  })

  it('names nodes of a cluster, with their ports or without', () => {
    expect(readRedisUrl('redis-cluster://a:7001,b,[::1]:7003')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 7001 },
        { host: 'b', port: 6379 },
        { host: '::1', port: 7003 },
      ],
      login: {},
      isTls: false,
    })
  })

  it('carries user, password and TLS', () => {
    expect(readRedisUrl('rediss-cluster://ada:p%40ss:w@a')).toMatchObject({
      login: { username: 'ada', password: 'p@ss:w' },
      isTls: true,
    })
    expect(readRedisUrl('redis-cluster://:secret@a')).toMatchObject({ login: { password: 'secret' } })
  })

  it('names Sentinels, and the master that they know', () => {
    expect(readRedisUrl('redis-sentinel://a,b:5000/my-master?sentinelPassword=x')).toEqual({
      kind: 'sentinel',
      name: 'my-master',
      sentinelPassword: 'x',
      nodes: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 5000 },
      ],
      login: {},
      isTls: false,
    })
  })

  it.each([
    ['http://a', /one of the forms redis:\/\//],
    ['a:6379', /one of the forms/],
    ['redis-clusters://a', /one of the forms/],
    ['redis-cluster://', /“” is none/],
    ['redis-cluster://a,b:70000', /“b:70000” is none/],
    ['redis-cluster://a:x', /“a:x” is none/],
    ['redis-cluster://a/2', /a cluster has but one/],
    ['redis-cluster://a?family=6', /\?family=…: there is no such option/],
    ['redis-cluster://u:100%@a', /a % stands for itself as %25/],
    ['redis-sentinel://a,b', /must end with the name/],
    ['redis-sentinel://a,b/x/y', /must end with the name/],
  ])('%s is refused in one sentence when the program starts', (url, sentence) => {
    expect(() => readConfig({ REDIS_URL: url })).toThrow(sentence)
  })

  it('is refused without a word of its password', () => {
    expect(() => readConfig({ REDIS_URL: 'redis-cluster://ada:hunter2@a:x' })).toThrow(/^(?!.*hunter2)/s)
  })
})

// As `CLUSTER KEYSLOT` tells them.
describe('the slot of a key', () => {
  it.each([
    ['123456789', 12739],
    ['foo', 12182],
    ['{user1000}.following', slotOf('user1000')],
    ['foo{}{bar}', 8363],
    ['foo{{bar}}zap', slotOf('{bar')],
    ['foo{bar}{zap}', slotOf('bar')],
    ['größe', 9425],
  ])('%s', (key, slot) => expect(slotOf(key)).toBe(slot))
})
