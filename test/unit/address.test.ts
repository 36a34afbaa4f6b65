import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, type NetworkInterfaceInfo, networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { addressesOf } from '../../launcher/addresses.ts'
import { banner } from '../../launcher/banner.ts'
import { readLaunchConfig } from '../../launcher/launch-config.ts'
import { createPainter } from '../../launcher/paint.ts'
import { pickPorts } from '../../launcher/ports.ts'
import { createBurst } from '../../services/control/demo/place-burst.ts'
import { start as startInventory } from '../../services/inventory/main.ts'
import { connectStripe } from '../../services/payment/stripe.ts'
import {
  advertisedUrl,
  calledFromElsewhere,
  calledFromHere,
  isLoopback,
  outsideAddress,
  urlOf,
} from '../../shared/address.ts'
import { readConfig } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { liveWorkers } from '../../shared/protocol/workers.ts'
import type { Running } from '../../shared/service.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { start as startMailbox } from '../../simulators/mailbox/main.ts'
import { start as startGateway } from '../../simulators/payment-gateway/main.ts'
import { SECRET } from '../calls.ts'
import { useControl } from '../control-rig.ts'
import { PREFIX } from '../redis-server.ts'
import { until } from '../until.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
const describeWithIpv6 = hasIpv6 ? describe : describe.skip
const ports = {
  shop: 3_000,
  control: 3_001,
  redis: 1,
  payment: 3_002,
  mailbox: 2,
  smtp: 3,
  gateway: 4,
  accounts: 5,
  notification: 6,
  sms: 7,
  sale: 3_005,
  live: 8,
  logs: 9,
}

describe('an address', () => {
  it('of IPv6 stands in brackets in a URL', () => {
    expect(urlOf('::1', 3_000)).toBe('http://[::1]:3000')
    expect(urlOf('127.0.0.1', 25, 'smtp')).toBe('smtp://127.0.0.1:25')
  })

  it.each(['0.0.0.0', '::', '0', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0'])(
    'that means all of them, %s, is never called',
    (host) => {
      expect(calledFromHere(host)).toBe('127.0.0.1')
      const hasIpv6 = host.endsWith('0') ? host.startsWith('0:') : host === '::'
      expect(calledFromElsewhere(host)).toBe(outsideAddress(hasIpv6) ?? hostname())
      expect(isLoopback(host)).toBe(false)
    },
  )

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '::ffff:127.0.0.1'])('of this machine alone is %s', (host) => {
    expect(isLoopback(host)).toBe(true)
    expect([calledFromHere(host), calledFromElsewhere(host)]).toEqual([host, host])
  })

  it('for other machines is a private one where there is one, and never one that only this machine has', () => {
    const at = (address: string, family: 'IPv4' | 'IPv6' = 'IPv4', internal = false) =>
      ({ address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }) as NetworkInterfaceInfo
    const loopback = [at('127.0.0.1', 'IPv4', true), at('::1', 'IPv6', true)]
    const linkLocal = [at('169.254.3.4'), at('fe80::1', 'IPv6')]

    expect(outsideAddress(true, { lo: loopback, eth0: linkLocal })).toBeUndefined()
    expect(outsideAddress(true, { lo: loopback, eth0: [at('203.0.113.5')] })).toBe('203.0.113.5')
    expect(outsideAddress(true, { eth0: [at('203.0.113.5')], eth1: [at('10.1.2.3')] })).toBe('10.1.2.3')
    expect(outsideAddress(true, { eth0: [at('203.0.113.5'), at('fd00::2', 'IPv6')] })).toBe('fd00::2')
    expect(outsideAddress(false, { eth0: [at('203.0.113.5'), at('fd00::2', 'IPv6')] })).toBe('203.0.113.5')
  })

  it('that is advertised is what ADVERTISE_URL says, at the port where it listens if that says none', () => {
    expect(advertisedUrl('http://10.1.2.3', '0.0.0.0', 8_080)).toBe('http://10.1.2.3:8080')
    expect(advertisedUrl('http://host-a:9000/', '0.0.0.0', 8_080)).toBe('http://host-a:9000')
    expect(advertisedUrl(undefined, '127.0.0.1', 8_080)).toBe('http://127.0.0.1:8080')
    for (const ADVERTISE_URL of ['https://host-a', 'http://host-a/ops', 'host-a:80', 'http://', 'http://a b'])
      expect(() => readConfig({ ADVERTISE_URL })).toThrow('ADVERTISE_URL: must be http://host or http://host:port')
  })

  it('of HOST may stand in brackets, and must be one', () => {
    expect(readConfig({ HOST: '[::1]' }).HOST).toBe('::1')
    for (const HOST of ['no host', 'a/b', '::1::', '1.2.3.4.5:80', 'fe80::1%eth0'])
      expect(() => readConfig({ HOST })).toThrow('HOST: must be an address or the name of a host')
  })

  it.each([
    ['127.0.0.1', 'http://localhost:3000'],
    ['0.0.0.0', 'http://localhost:3000'],
    ['::', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
    ['10.1.2.3', 'http://10.1.2.3:3000'],
  ])('that the banner tells for HOST=%s is %s, as a shell takes it', (host, url) => {
    const addresses = addressesOf({ ...readLaunchConfig({}), host }, ports, { redisPassword: 'y' })
    const text = banner({ addresses, adminToken: 'x', logPath: 'log', tookMs: 1, paint: createPainter(false) })

    expect(text).toContain(`  shop         ${url}\n`)
    expect(text).toMatch(/ curl -s (localhost:3000\/\S+|'\[::1\]:3000\/\S+'|10\.1\.2\.3:3000\/\S+) -H /)
  })
})

describe('a worker with ADVERTISE_URL', () => {
  const control = useControl()

  it('is asked there, and nowhere else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-address-'))
    const [port = 0] = await pickPorts(1)
    const common = { REDIS_PREFIX: PREFIX, CALL_SECRET: SECRET, LOG_LEVEL: 'silent', OPS_PORT: String(port) }
    const env = { ...common, DATA_DIR: folder, REDIS_URL: control.redis.url }
    const url = async () => [...(await liveWorkers(control.redis.client, 'inventory')).values()][0]?.url
    const restock = async () => (await control.adminPost('restock', { sku: 'MUG-001', quantity: 1 })).status

    const lost = await startInventory(readConfig({ ...env, ADVERTISE_URL: 'http://127.0.0.1:1' }))
    expect(await until(url)).toBe('http://127.0.0.1:1')
    expect(await restock()).toBe(503)
    await lost.stop()
    const found = await startInventory(readConfig({ ...env, ADVERTISE_URL: 'http://localhost' }))
    expect(await until(url)).toBe(`http://localhost:${port}`)
    expect(await restock()).toBe(200)

    await found.stop()
    rmSync(folder, { recursive: true, force: true })
  })
})

describeWithIpv6('on IPv6', () => {
  const control = useControl()
  const { orders } = control
  const log = createLogger('test', 'silent')
  let folder: string
  let running: Running | undefined

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-address-'))
  })

  afterEach(async () => {
    await running?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(['::', '::1'])('what listens on %s says where it answers', async (host) => {
    const server = await listen(
      createApp(log, (app) => app.get('/', (_req, res) => void res.json('here'))),
      0,
      host,
    )

    expect(await (await fetch(server.url)).json()).toBe('here')
    await server.close()
  })

  it.each(['::', '::1'])('a worker on %s is reached by the admin', async (HOST) => {
    const common = { REDIS_PREFIX: PREFIX, CALL_SECRET: SECRET, LOG_LEVEL: 'silent' }
    running = await startInventory(readConfig({ ...common, HOST, DATA_DIR: folder, REDIS_URL: control.redis.url }))

    const answer = await until(async () => {
      const response = await control.adminPost('restock', { sku: 'MUG-001', quantity: 1 })
      return response.status === 200 && response.json()
    })

    expect(answer).toMatchObject({ sku: 'MUG-001', received: 100_001 })
  })

  it.each(['::', '::1'])('the control room places orders with a shop on %s', async (HOST) => {
    await orders.shutDown()
    await orders.boot({ HOST })

    const burst = createBurst({
      ...orders.config(),
      ORDER_URL: urlOf(calledFromHere(HOST), Number(new URL(orders.url).port)),
    })

    expect(await burst.place(3)).toEqual({ wanted: 3, accepted: 3, failed: 0, isOver: true })
  })

  it('payment reaches a gateway, and mails a mailbox', async () => {
    const gateway = await startGateway({ port: 0, host: '::1', ledgerPath: join(folder, 'ledger.jsonl') })
    const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, host: '::1', filePath: join(folder, 'mails.jsonl') })
    const order = { orderId: 'o', number: 'OL-1', totalCents: 1, currency: 'EUR', payBy: null }
    const offer = { ...order, paymentMethod: 'pm_card_visa', tender: 1, at: Date.now() }
    const where = { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_BASE: gateway.url, SHOP_URL: orders.url }

    const answer = await connectStripe(where, createLogger('payment', 'silent')).charge(offer)

    expect(answer).toMatchObject({ intent: { status: 'captured' } })
    expect([gateway.url, mailbox.url, mailbox.smtpUrl].map((url) => new URL(url).hostname)).toEqual(
      Array(3).fill('[::1]'),
    )
    await Promise.all([gateway.close(), mailbox.close()])
  })
})
