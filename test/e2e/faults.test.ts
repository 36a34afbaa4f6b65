import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Redis } from 'ioredis'
import { queueKey } from '../../shared/keys.ts'
import { services } from '../../shared/routes.ts'
import { PREFIX } from '../redis-server.ts'
import { type Fact, Shop } from '../shop.ts'
import { until } from '../until.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterEach(async () => {
  for (const redis of connections) redis.disconnect()
  connections = []
  await shop.switch('payment-gateway', { delayMs: 0, outage: false, loseAnswers: 0 })
  await shop.switch('mailbox', { down: false })
})
afterAll(() => shop.close())

const chargesOf = async (ids: string[]) => {
  const charges = (await shop.ledger()).filter(({ kind }) => kind === 'charge').map(({ orderId }) => orderId)
  return ids.map((id) => charges.filter((orderId) => orderId === id).length)
}
const isRetryOf =
  (ids: string[]) =>
  ({ msg, subject }: Fact) =>
    msg === 'retrying' && ids.includes(String(subject))
const once = (ids: string[]) => ids.map(() => 1)
let connections: Redis[] = []
const connect = () => {
  const redis = new Redis(shop.redisUrl(), { keyPrefix: `${PREFIX}:` })
  redis.on('error', () => {})
  connections.push(redis)
  return redis
}

describe('orders in hand', () => {
  it('of a payment worker that is killed are all paid, and each is charged once', async () => {
    await shop.switch('payment-gateway', { delayMs: 30 })
    const ids = await shop.placeMany(300)
    await until(async () => (await chargesOf(ids)).filter((times) => times > 0).length > 50)

    shop.kill('services/payment')

    await shop.reaches('paid', ...ids)
    expect(await chargesOf(ids)).toEqual(once(ids))
  })

  it('survive the death of every service in turn', async () => {
    const ids = await shop.placeMany(100)
    for (const service of ['inventory', 'notification', 'payment', 'order']) {
      shop.kill(`services/${service}`)
      await until(() => shop.fact('launcher', 'process.back')?.name === service)
      if (service !== 'order') ids.push(...(await shop.placeMany(20)))
    }

    await shop.reaches('paid', ...ids)
    expect(await chargesOf(ids)).toEqual(once(ids))
  })

  it('survive FLUSHALL and the death of Redis', async () => {
    const redis = connect()
    const ids = await shop.placeMany(200)
    await redis.flushall()
    ids.push(...(await shop.placeMany(200)))
    shop.kill('redis-server')
    ids.push(...(await shop.placeMany(100)))

    await shop.reaches('paid', ...ids)
    expect(await chargesOf(ids)).toEqual(once(ids))
  })
})

describe('an outage', () => {
  it('of the payment gateway delays orders, and they are paid once it is over', async () => {
    await shop.switch('payment-gateway', { outage: true })
    const ids = await shop.placeMany(20)
    await until(() => shop.facts.filter(isRetryOf(ids)).length > 40)
    expect(await chargesOf(ids)).toEqual(ids.map(() => 0))

    await shop.switch('payment-gateway', { outage: false })

    await shop.reaches('paid', ...ids)
    expect(await chargesOf(ids)).toEqual(once(ids))
  })

  it('that loses the answers of the gateway charges nobody twice', async () => {
    await shop.switch('payment-gateway', { loseAnswers: 0.7 })
    const ids = await shop.placeMany(30)
    await until(async () => (await chargesOf(ids)).every((times) => times > 0))
    await shop.switch('payment-gateway', { loseAnswers: 0 })

    await shop.reaches('paid', ...ids)
    expect(await chargesOf(ids)).toEqual(once(ids))
  })

  it('of the mail server delays mails, and none is lost', async () => {
    await shop.switch('mailbox', { down: true })
    const ids = await shop.placeMany(5)
    await shop.reaches('paid', ...ids)

    await shop.switch('mailbox', { down: false })

    await until(async () => (await Promise.all(ids.map(shop.mails))).every((mails) => mails.length === 2))
  })
})

describe('garbage', () => {
  it('in every list becomes dead letters with reasons, and orders keep flowing', async () => {
    const redis = connect()
    const unknown = { id: 'x-1', name: 'goods.stolen', subject: 'o', at: 1, stamp: 1, attempt: 1, data: {} }
    const invalid = { ...unknown, id: 'x-2', name: 'order.cancelled' }
    for (const service of services) {
      await redis.lpush(queueKey(service), 'garbage', 'x'.repeat(5_000_000), JSON.stringify(unknown))
      await redis.lpush(queueKey(service), JSON.stringify(invalid), '{"id":', '')
    }
    const id = await shop.place()
    await shop.reaches('paid', id)

    const { deadLetters } = await until(async () => {
      const answer = await shop.admin<{ deadLetters: { queue: string; reason: string }[] }>('dead-letters')
      return answer.deadLetters.length === 6 * services.length && answer
    })
    const reasons = deadLetters.filter(({ queue }) => queue === 'payment').map(({ reason }) => reason)
    for (const reason of ['malformed JSON', 'too large', 'unknown event: goods.stolen', 'invalid order.cancelled'])
      expect(reasons.join()).toContain(reason)
  })
})

describe('a clean shutdown', () => {
  it('leaves no process, and the next start goes on with what there was', async () => {
    await shop.switch('payment-gateway', { outage: true })
    const ids = await shop.placeMany(20)
    const pids = ['order', 'inventory', 'payment', 'notification'].map((name) => shop.pid(`services/${name}`))
    pids.push(shop.pid('redis-server'), shop.pid('mailbox'), shop.pid('payment-gateway'))

    expect(await shop.end()).toBe(0)
    expect(pids.filter(isAlive)).toEqual([])

    await shop.start()
    await shop.reaches('paid', ...ids)
    expect(await chargesOf(ids)).toEqual(once(ids))
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
