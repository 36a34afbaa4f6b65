import { expect, it } from '@jest/globals'
import type { Ports } from '../../launcher/addresses.ts'
import { readLaunchConfig } from '../../launcher/launch-config.ts'
import { planLaunch } from '../../launcher/launch-plan.ts'

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
