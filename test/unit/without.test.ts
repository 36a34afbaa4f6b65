import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Ports } from '../../launcher/addresses.ts'
import { readLaunchConfig } from '../../launcher/launch-config.ts'
import { planLaunch } from '../../launcher/launch-plan.ts'
import { readConfig } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import { createLogger } from '../../shared/logger.ts'
import { createForwarder, type Forwarder } from '../../shared/web/forward.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import { problemOf } from '../order-rig.ts'

const secret = 'a-secret-of-the-test'
const secrets = {
  ...{ adminToken: secret, orderKeySecret: secret, callSecret: secret, sessionSecret: secret, sealSecret: secret },
  ...{ smsToken: secret, stripeWebhookSecret: secret, redisPassword: secret },
}
const ports: Ports = {
  ...{ shop: 1, control: 2, payment: 3, redis: 4, mailbox: 5, smtp: 6, gateway: 7 },
  ...{ accounts: 8, notification: 9, sale: 10, live: 11, logs: 12, sms: 13 },
}
const planFor = (WITHOUT: string) => planLaunch(readLaunchConfig({ WITHOUT }), ports, secrets).flat()
const namesOf = (WITHOUT: string) => planFor(WITHOUT).map(({ name }) => name)

describe('a shop that is run without some services', () => {
  it('starts all others', () => {
    const left = namesOf('').filter((name) => !namesOf('sale, logs').includes(name))

    expect(left).toEqual(['sale', 'logs'])
    expect(namesOf('accounts,sale,live,webhooks,logs')).toEqual(
      expect.arrayContaining(['order', 'inventory', 'payment', 'notification', 'control']),
    )
  })

  it('tells those where people come, and sends no crowd to a sale that is not there', () => {
    const envOf = (name: string, WITHOUT: string) => planFor(WITHOUT).find((one) => one.name === name)?.env

    expect(envOf('order', 'sale')).toMatchObject({ WITHOUT: 'sale' })
    expect(envOf('order', 'logs')).toHaveProperty('SALE_PAGES_URL', 'http://localhost:10')
    expect(envOf('order', 'sale')?.SALE_PAGES_URL).toBeUndefined()
    expect(envOf('inventory', 'sale')).not.toHaveProperty('WITHOUT')
  })

  it.each(['order', 'inventory', 'payment', 'notification', 'control', 'sales', 'all'])(
    'is refused where it would be without %s, for orders wait for that, or it is none',
    (WITHOUT) => {
      const why = 'WITHOUT: must be some of these, with commas between: accounts, sale, live, webhooks, logs'

      expect(() => readConfig({ WITHOUT: `logs,${WITHOUT}` })).toThrow(why)
      expect(() => readLaunchConfig({ WITHOUT })).toThrow(why)
    },
  )
})

describe('the door of a service that a shop is run without', () => {
  const log = createLogger('test', 'silent')
  let forwarder: Forwarder
  let server: HttpServer

  beforeEach(async () => {
    forwarder = createForwarder('order', addressesOf(readConfig({ WITHOUT: 'live' })), log)
    server = await listen(
      createApp(log, (app) => app.use(forwarder.forward)),
      0,
      '127.0.0.1',
    )
  })
  afterEach(async () => {
    forwarder.stop()
    await server.close()
  })

  it('says so, and nothing is forwarded to wherever it would be', async () => {
    const detail = 'This shop is run without live.'

    expect(await problemOf(await fetch(`${server.url}/api/live?topic=news`))).toMatchObject({ status: 404, detail })
  })
})
