import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Redis } from 'ioredis'
import { pickPorts } from '../../launcher/ports.ts'
import { thriftyEnv } from '../../launcher/thrift.ts'
import { services } from '../../shared/routes.ts'
import { isRunning, Tree } from '../launcher-rig.ts'
import { ORDERS_ALONE } from '../shop.ts'
import { until } from '../until.ts'

const SERVICES = [...services, 'control']
const SIMULATORS = ['mailbox', 'payment-gateway', 'sms-gateway']
const WITHOUT_LOGGER = `
console.error('plain words')
process.on('disconnect', () => process.exit(0))
process.send({ type: 'ready' })
`
const STUBBORN = `
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))
console.log(JSON.stringify({ service: 'order', msg: 'started', pid: process.pid }))
process.send({ type: 'ready' })
`

const OURS = ['admin-token', 'order-key-secret', 'call-secret', 'session-secret', 'seal-secret']
const SECRETS = [...OURS, 'sms-token', 'stripe-webhook-secret']

describe('the launcher', () => {
  let tree: Tree

  beforeEach(() => {
    tree = new Tree()
  })

  afterEach(() => tree.close())

  it('brings up everything, tells the addresses, and hands each process what it needs', async () => {
    const run = tree.launch({ ADMIN_TOKEN: 'a-token-of-ours', HOST: '127.0.0.1' })

    const { url } = await run.ready()

    const [order, payment, control] = [tree.envOf('order'), tree.envOf('payment'), tree.envOf('control')]
    expect(url).toBe(`http://localhost:${order.PORT}`)
    expect(await (await fetch(String(url))).text()).toBe('order')
    expect(await (await fetch(order.MAILBOX_URL ?? '')).text()).toBe('mailbox')
    expect(await (await fetch(payment.STRIPE_API_BASE ?? '')).text()).toBe('payment-gateway')
    expect(tree.envOf('notification').SMTP_URL).toBe(`smtp://127.0.0.1:${tree.envOf('mailbox').SMTP_PORT}`)
    expect(payment).toMatchObject({ STRIPE_SECRET_KEY: 'sk_test_simulator', DATA_DIR: tree.dataDir })
    expect(tree.envOf('inventory').PORT).toBeUndefined()
    expect(control.ORDER_URL).toBe(`http://127.0.0.1:${order.PORT}`)
    const door = `http://127.0.0.1:${payment.PAYMENT_PORT}`
    expect([order.PAYMENT_URL, control.PAYMENT_URL]).toEqual([door, door])
    const gateway = tree.envOf('payment-gateway')
    expect(gateway.WEBHOOK_URL).toBe(`${door}/webhooks/stripe`)
    expect(gateway.STRIPE_WEBHOOK_SECRET).toBe(payment.STRIPE_WEBHOOK_SECRET)
    const [accounts, notification] = [tree.envOf('accounts'), tree.envOf('notification')]
    const accountsDoor = `http://127.0.0.1:${accounts.ACCOUNTS_PORT}`
    expect([order.ACCOUNTS_URL, control.ACCOUNTS_URL]).toEqual([accountsDoor, accountsDoor])
    expect(accounts).toMatchObject({
      ORDER_URL: `http://127.0.0.1:${order.PORT}`,
      SHOP_URL: url,
      TRUST_PROXY: 'loopback',
    })
    const sale = tree.envOf('sale')
    expect([order.SALE_URL, order.SALE_PAGES_URL]).toEqual(
      ['127.0.0.1', 'localhost'].map((at) => `http://${at}:${sale.SALE_PORT}`),
    )
    const phones = tree.envOf('sms-gateway')
    expect(await (await fetch(notification.SMS_API_BASE ?? '')).text()).toBe('sms-gateway')
    expect(notification.SMS_WEBHOOK_URL).toBe(`http://127.0.0.1:${notification.NOTIFICATION_PORT}/webhooks/sms`)
    for (const name of ['SMS_ACCOUNT', 'SMS_TOKEN', 'SMS_WEBHOOK_URL']) expect(phones[name]).toBe(notification[name])
    expect(order.CONTROL_URL).toBe(`http://127.0.0.1:${control.CONTROL_PORT}`)
    expect(tree.envOf('notification').SHOP_URL).toBe(url)
    expect(control).toMatchObject({ HOST: '127.0.0.1', DEMO: 'true', TRUST_PROXY: 'loopback' })
    expect(tree.envOf('inventory')).toMatchObject(thriftyEnv)
    await until(() => run.output.includes(`localhost:${control.CONTROL_PORT}/control?token=a-token-of-ours`))
    for (const page of [`localhost:${order.PORT}/account`, `127.0.0.1:${phones.PORT}/phones`])
      expect(run.output).toContain(page)
    expect(run.output).toContain(`curl -s localhost:${order.PORT}/api/orders -H 'content-type: application/json'`)
  })

  it('puts the control room where it is wanted, or else beside the shop if that port is free', async () => {
    const [port = 0, wanted = 0] = await pickPorts(2)
    const taken = createServer().listen(port + 1, '127.0.0.1')
    await once(taken, 'listening')

    const elsewhere = tree.launch({ PORT: String(port) })
    await elsewhere.ready()
    expect(Number(tree.envOf('control').CONTROL_PORT)).not.toBe(port + 1)
    await elsewhere.stop()
    await new Promise((done) => taken.close(done))

    const beside = tree.launch({ PORT: String(port) })
    await beside.ready()
    expect(tree.envOf('control').CONTROL_PORT).toBe(String(port + 1))
    await beside.stop()

    await tree.launch({ PORT: String(port), CONTROL_PORT: String(wanted) }).ready()
    expect(tree.envOf('control').CONTROL_PORT).toBe(String(wanted))
  })

  it('starts nothing that is given: Redis, a mail server, Stripe, Twilio', async () => {
    const given = {
      REDIS_URL: 'redis://127.0.0.1:1',
      SMTP_URL: 'smtp://mail.example',
      STRIPE_SECRET_KEY: 'sk_test_1',
      SMS_ACCOUNT: 'AC1',
    }

    await tree.launch(given).ready()

    const { SMTP_URL, SMS_ACCOUNT, ...told } = given
    expect(tree.envOf('payment')).toMatchObject(told)
    expect(tree.envOf('notification')).toMatchObject({ SMTP_URL, SMS_ACCOUNT })
    expect(tree.envOf('notification').SMS_API_BASE).toBeUndefined()
    expect(tree.envOf('notification').SMS_TOKEN).toBeUndefined()
    expect(tree.envOf('payment').STRIPE_API_BASE).toBeUndefined()
    expect(tree.envOf('payment').STRIPE_WEBHOOK_SECRET).toBeUndefined()
    expect(tree.envOf('order').MAILBOX_URL).toBeUndefined()
    for (const name of SIMULATORS) expect(() => tree.envOf(name)).toThrow('ENOENT')
    expect(() => tree.redisPid()).toThrow('ENOENT')
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
    'stops in order on %s and leaves no process',
    async (signal) => {
      const run = tree.launch()
      await run.ready()
      const pids = await Promise.all([...SERVICES, ...SIMULATORS].map((name) => run.pidOf(name)))
      pids.push(tree.redisPid(), run.guardPid())
      expect(pids.every(isRunning)).toBe(true)

      expect(await run.stop(signal)).toBe(0)

      const stopped = readFileSync(join(tree.dataDir, 'stopped'), 'utf8').trim().split('\n')
      expect(stopped[0]).toBe('order')
      expect(stopped.slice(1, SERVICES.length).sort()).toEqual(SERVICES.filter((name) => name !== 'order').sort())
      expect(stopped.slice(SERVICES.length).sort()).toEqual(SIMULATORS)
      await until(() => !pids.some(isRunning), { timeoutMs: 500, what: 'all to be gone' })
    },
  )

  it('kills what does not stop when asked a second time', async () => {
    tree.replace('services/order', STUBBORN)
    const run = tree.launch()
    await run.ready()
    const pids = await Promise.all(SERVICES.map((name) => run.pidOf(name)))

    const insist = setInterval(() => run.process.kill('SIGINT'), 100)
    const code = await run.exit
    clearInterval(insist)

    expect(code).toBe(1)
    expect(pids.filter(isRunning)).toEqual([])
  })

  it('keeps the data of Redis and its secrets from one run to the next, for its user alone', async () => {
    const first = tree.launch()
    await first.ready()
    const { ADMIN_TOKEN, ORDER_KEY_SECRET, CALL_SECRET, SESSION_SECRET } = tree.envOf('order')
    const { SEAL_SECRET, SMS_TOKEN } = tree.envOf('notification')
    await tree.inRedis((redis) => redis.set('kept', 'yes'))
    await first.stop()

    await tree.launch().ready()

    expect(await tree.inRedis((redis) => redis.get('kept'))).toBe('yes')
    expect(tree.envOf('order')).toMatchObject({ ADMIN_TOKEN, ORDER_KEY_SECRET, CALL_SECRET, SESSION_SECRET })
    expect(tree.envOf('notification')).toMatchObject({ ORDER_KEY_SECRET, CALL_SECRET, SEAL_SECRET, SMS_TOKEN })
    expect(tree.envOf('accounts')).toMatchObject({ CALL_SECRET, SESSION_SECRET, SEAL_SECRET })
    expect(tree.envOf('inventory')).toMatchObject({ CALL_SECRET })
    for (const secret of [ORDER_KEY_SECRET, CALL_SECRET, SESSION_SECRET, SEAL_SECRET, SMS_TOKEN])
      expect(secret).toMatch(/^[0-9a-f]{32}$/)
    for (const name of ['inventory', 'payment', 'mailbox'])
      for (const secret of ['ADMIN_TOKEN', 'ORDER_KEY_SECRET', 'SESSION_SECRET', 'SEAL_SECRET', 'SMS_TOKEN'])
        expect([name, secret, tree.envOf(name)[secret]]).toEqual([name, secret, undefined])
    expect([tree.envOf('order').SEAL_SECRET, tree.envOf('notification').SESSION_SECRET]).toEqual([undefined, undefined])
    expect(tree.envOf('mailbox').CALL_SECRET).toBeUndefined()
    for (const name of SECRETS) expect(statSync(join(tree.dataDir, name)).mode & 0o777).toBe(0o600)
  })

  it('brings a Redis that lets in only who has its password, which nobody else can read', async () => {
    await tree.launch().ready()
    const url = new URL(tree.envOf('order').REDIS_URL ?? '')
    const stranger = new Redis(Number(url.port), url.hostname, { lazyConnect: true, retryStrategy: () => null })
    stranger.on('error', () => {})

    await expect(stranger.get('x')).rejects.toThrow('NOAUTH')
    stranger.disconnect()
    expect(await tree.inRedis((redis) => redis.ping())).toBe('PONG')
    expect(url.password).toMatch(/^[0-9a-f]{32}$/)
    expect(statSync(join(tree.dataDir, 'redis', 'password.conf')).mode & 0o777).toBe(0o600)
    expect(execFileSync('ps', ['-A', '-ww', '-o', 'args=']).toString()).not.toContain(url.password)
    expect(readFileSync(join(tree.dataDir, 'logs', 'orderline.log'), 'utf8')).not.toContain(url.password)
  })

  it.each([
    ['is empty', ''],
    ['is blank', ' \n\t\n'],
    ['is too short', 'secret\n'],
    ['is not text', '\0'.repeat(32)],
  ])('makes new secrets when their files are no use, keeps them, and tells: one that %s', async (_what, text) => {
    mkdirSync(tree.dataDir)
    for (const name of SECRETS) writeFileSync(join(tree.dataDir, name), text)

    const run = tree.launch(ORDERS_ALONE)
    await run.ready()

    const { ADMIN_TOKEN, ORDER_KEY_SECRET, CALL_SECRET, SESSION_SECRET } = tree.envOf('order')
    const { SEAL_SECRET, SMS_TOKEN } = tree.envOf('notification')
    const { STRIPE_WEBHOOK_SECRET } = tree.envOf('payment')
    const ours = [ADMIN_TOKEN, ORDER_KEY_SECRET, CALL_SECRET, SESSION_SECRET, SEAL_SECRET]
    const made = [...ours, SMS_TOKEN, STRIPE_WEBHOOK_SECRET]
    for (const [index, name] of SECRETS.entries()) {
      const secret = made[index]
      expect(secret).toMatch(name === 'stripe-webhook-secret' ? /^whsec_[0-9a-f]{32}$/ : /^[0-9a-f]{32}$/)
      expect(readFileSync(join(tree.dataDir, name), 'utf8')).toBe(`${secret}\n`)
    }
    expect(run.facts('launcher', 'secret.replaced').map(({ path }) => path)).toEqual(
      SECRETS.map((name) => join(tree.dataDir, name)),
    )
  })

  it.each([
    ['is missing', null, {}, 1],
    ['is garbled', 'shop-', {}, 1],
    ['is there', 'shop-0123456789ab', {}, 0],
    ['is not asked for', null, { REDIS_PREFIX: 'ours' }, 0],
  ])('tells that the shop begins anew in Redis when its name there %s', async (_what, id, env, times) => {
    mkdirSync(tree.dataDir)
    writeFileSync(join(tree.dataDir, 'order.db'), '')
    if (id !== null) writeFileSync(join(tree.dataDir, 'shop-id'), `${id}\n`)

    const run = tree.launch({ ...ORDERS_ALONE, ...env })
    await run.ready()

    expect(run.facts('launcher', 'shop.id.replaced')).toHaveLength(times)
  })

  it('passes every line on as JSON, and keeps it in the log file', async () => {
    tree.replace('services/payment', WITHOUT_LOGGER)

    const run = tree.launch()
    await run.ready()
    await until(() => run.facts('payment', 'plain words')[0])

    const lines = tree.log().trim().split('\n')
    const facts = lines.map((line): { service: string } => JSON.parse(line))
    expect(facts).toContainEqual(expect.objectContaining({ service: 'payment', msg: 'plain words', level: 40 }))
    expect(new Set(facts.map(({ service }) => service))).toEqual(
      new Set([...SERVICES, ...SIMULATORS, 'redis', 'launcher']),
    )
    expect(run.output).not.toContain('"service":"redis"')
  })
})
