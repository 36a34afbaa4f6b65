import { expect, it } from '@jest/globals'
import type { Ports } from '../../launcher/addresses.ts'
import { portsOfMore } from '../../launcher/instances.ts'
import { readLaunchConfig } from '../../launcher/launch-config.ts'
import { planLaunch } from '../../launcher/launch-plan.ts'
import { pickPorts } from '../../launcher/ports.ts'
import { programs } from '../../services/all.ts'

const secret = 'a-secret-of-the-test'
const secrets = {
  ...{ adminToken: secret, orderKeySecret: secret, callSecret: secret, sessionSecret: secret, sealSecret: secret },
  ...{ smsToken: secret, stripeWebhookSecret: secret, redisPassword: secret },
}
const ports: Ports = {
  ...{ shop: 1, control: 2, payment: 3, redis: 4, mailbox: 5, smtp: 6, gateway: 7 },
  ...{ accounts: 8, notification: 9, sale: 10, live: 11, logs: 12, sms: 13 },
}
const cachesIn = (env: NodeJS.ProcessEnv) =>
  planLaunch(readLaunchConfig(env), ports, secrets)
    .flat()
    .filter(({ name }) => name !== 'redis')
    .map(({ name, env: { NODE_COMPILE_CACHE } }) => [name, NODE_COMPILE_CACHE])

it('gives each program a folder of its own for what it has compiled: in one they wait for each other as they end', () => {
  const caches = cachesIn({ NODE_COMPILE_CACHE: '/compiled' })

  expect(caches).toContainEqual(['order', '/compiled/order'])
  expect(caches).toContainEqual(['sms-gateway', '/compiled/sms-gateway'])
  expect(new Set(caches.map(([, folder]) => folder)).size).toBe(caches.length)
})

it('keeps nothing of what was compiled where nobody asks for it', () => {
  for (const [, folder] of cachesIn({})) expect(folder).toBeUndefined()
})

it('leaves the guest of the tour a file where the shop has a database: it goes again, and the auditor knows no such books', () => {
  const DATABASE_URL = 'postgresql://db.example/shop'
  const all = planLaunch(readLaunchConfig({ DATABASE_URL }), ports, secrets).flat()
  const envOf = (program: string) => all.find(({ name }) => name === program)?.env

  expect(envOf('payment')).toMatchObject({ DATABASE_URL })
  expect(envOf('loyalty')).toMatchObject({ DATA_DIR: expect.any(String), DATABASE_URL: undefined })
})

it('starts one process of each program where nothing is said, and as many as are wanted', async () => {
  const [shop = 0] = await pickPorts(1)
  const named = async (INSTANCES: string) => {
    const config = readLaunchConfig({ INSTANCES })
    const more = await portsOfMore(config.instances, { ...ports, shop }, '127.0.0.1')
    const all = planLaunch(config, { ...ports, shop }, secrets, more).flat()
    return new Map(all.map(({ name, env }) => [name, env]))
  }

  const one = await named('')
  const some = await named('order:2, inventory:3')
  const twice = await named('2')

  expect([...some.keys()].filter((name) => !one.has(name))).toEqual(['order-2', 'inventory-2', 'inventory-3'])
  expect([...twice.keys()].filter((name) => !one.has(name))).toHaveLength(programs.length)
  expect([some.get('order')?.PORT, some.get('order-2')?.PORT]).toEqual([String(shop), String(shop + 100)])
  expect(some.get('order-2')).toMatchObject({ CALL_SECRET: secret, ORDER_KEY_SECRET: secret })
  expect(some.get('inventory-2')).not.toHaveProperty('ORDER_KEY_SECRET')
  const doors = [...twice].flatMap(([, env]) =>
    Object.entries(env).flatMap(([key, port]) => (DOOR.test(key) ? [port] : [])),
  )
  expect(new Set(doors).size).toBe(doors.length)
})

const DOOR = /^(PORT|(CONTROL|PAYMENT|NOTIFICATION|ACCOUNTS|SALE|LIVE|LOGS)_PORT)$/

it.each(['0', '17', 'two', 'order', 'order:0', 'order:2;sale:2', 'mailbox:2', 'order:x'])(
  'says what INSTANCES may be where it is %j',
  (INSTANCES) =>
    expect(() => readLaunchConfig({ INSTANCES })).toThrow(/^INSTANCES: must be a number up to 16, or like /),
)
