import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Redis } from 'ioredis'
import { createTree, isRunning, LaunchRun, type Tree } from '../launcher-rig.ts'
import { until } from '../until.ts'

const SERVICES = ['order', 'inventory', 'payment', 'notification']
const SIMULATORS = ['mailbox', 'payment-gateway']

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

describe('the launcher', () => {
  let tree: Tree
  let runs: LaunchRun[]
  const launch = (env?: Record<string, string>) => {
    const run = new LaunchRun(tree, env)
    runs.push(run)
    return run
  }
  const envOf = (name: string): Record<string, string> =>
    JSON.parse(readFileSync(join(tree.dataDir, `${name}.env.json`), 'utf8'))
  const redisPid = () => Number.parseInt(readFileSync(join(tree.dataDir, 'redis', 'redis.pid'), 'utf8'), 10)
  const inRedis = async <T>(work: (redis: Redis) => Promise<T>) => {
    const redis = new Redis(envOf('order').REDIS_URL ?? '')
    return work(redis).finally(() => redis.disconnect())
  }

  beforeEach(() => {
    tree = createTree()
    runs = []
  })

  afterEach(async () => {
    await Promise.all(runs.map((run) => run.stop()))
    tree.remove()
  })

  it('brings up everything, tells the addresses, and hands each process what it needs', async () => {
    const run = launch({ ADMIN_TOKEN: 'a-token-of-ours', HOST: '127.0.0.1' })

    const { url } = await run.ready()

    const order = envOf('order')
    expect(await (await fetch(String(url))).text()).toBe('order')
    expect(url).toBe(`http://localhost:${order.PORT}`)
    expect(await (await fetch(order.MAILBOX_URL ?? '')).text()).toBe('mailbox')
    expect(order.SMTP_URL).toBe(`smtp://127.0.0.1:${envOf('mailbox').SMTP_PORT}`)
    expect(await (await fetch(envOf('payment').STRIPE_API_BASE ?? '')).text()).toBe('payment-gateway')
    expect(envOf('payment')).toMatchObject({ STRIPE_SECRET_KEY: 'sk_test_simulator', DATA_DIR: tree.dataDir })
    expect(envOf('inventory').PORT).toBeUndefined()
    await until(() => run.output.includes('a-token-of-ours'))
    expect(run.output).toContain(`curl -s localhost:${order.PORT}/api/orders -H 'content-type: application/json'`)
  })

  it('starts nothing that is given: Redis, a mail server, Stripe', async () => {
    const given = {
      REDIS_URL: 'redis://127.0.0.1:1',
      SMTP_URL: 'smtp://mail.example',
      STRIPE_SECRET_KEY: 'sk_test_1',
    }
    const run = launch(given)

    await run.ready()

    expect(envOf('payment')).toMatchObject(given)
    expect(envOf('payment').STRIPE_API_BASE).toBeUndefined()
    expect(envOf('order').MAILBOX_URL).toBeUndefined()
    for (const name of SIMULATORS) expect(() => envOf(name)).toThrow('ENOENT')
    expect(redisPid).toThrow('ENOENT')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('stops in order on %s and leaves no process', async (signal) => {
    const run = launch()
    await run.ready()
    const pids = [...SERVICES, ...SIMULATORS].map((name) => Number(run.facts(name, 'started')[0]?.pid))
    const redis = redisPid()

    expect(await run.stop(signal)).toBe(0)

    const stopped = readFileSync(join(tree.dataDir, 'stopped'), 'utf8').trim().split('\n')
    expect(stopped[0]).toBe('order')
    expect(stopped.slice(1, 4).sort()).toEqual(['inventory', 'notification', 'payment'])
    expect(stopped.slice(4).sort()).toEqual(SIMULATORS)
    expect([...pids, redis].filter(isRunning)).toEqual([])
  })

  it('kills what does not stop when asked a second time', async () => {
    tree.replace('services/order', STUBBORN)
    const run = launch()
    await run.ready()
    const pid = Number(run.facts('order', 'started')[0]?.pid)

    const insist = setInterval(() => run.process.kill('SIGINT'), 100)
    const code = await run.exit
    clearInterval(insist)

    expect(code).toBe(1)
    expect(
      [pid, ...SERVICES.slice(1).map((name) => Number(run.facts(name, 'started')[0]?.pid))].filter(isRunning),
    ).toEqual([])
  })

  it('starts a killed service again within a second, at the same address', async () => {
    const run = launch()
    const { url } = await run.ready()
    const before = Number(run.facts('order', 'started')[0]?.pid)

    process.kill(before, 'SIGKILL')
    const killedAtMs = Date.now()

    const after = await until(() => run.facts('order', 'started')[1])
    expect(Date.now() - killedAtMs).toBeLessThan(1_000)
    expect(after.pid).not.toBe(before)
    expect(await (await fetch(String(url))).text()).toBe('order')
  })

  it('brings a killed Redis back at the same port', async () => {
    const run = launch()
    await run.ready()

    process.kill(redisPid(), 'SIGKILL')

    await until(() => run.facts('launcher', 'process.back')[0])
    expect(await inRedis((redis) => redis.ping())).toBe('PONG')
  })

  it('keeps the data of Redis and the admin token from one run to the next', async () => {
    const first = launch()
    await first.ready()
    const token = envOf('order').ADMIN_TOKEN
    await inRedis((redis) => redis.set('kept', 'yes'))
    await first.stop()

    await launch().ready()

    expect(await inRedis((redis) => redis.get('kept'))).toBe('yes')
    expect(envOf('order').ADMIN_TOKEN).toBe(token)
    expect(statSync(join(tree.dataDir, 'admin-token')).mode & 0o777).toBe(0o600)
  })

  it('refuses a data folder that another launcher runs on', async () => {
    const first = launch()
    await first.ready()

    const second = launch()

    expect(await second.exit).toBe(1)
    expect(second.output).toContain(`already running on ${tree.dataDir} (pid ${first.process.pid})`)
  })

  it('ends the Redis that a killed launcher left behind, and takes over its data', async () => {
    const killed = launch()
    await killed.ready()
    const pids = SERVICES.map((name) => Number(killed.facts(name, 'started')[0]?.pid))
    const leftover = redisPid()
    await inRedis((redis) => redis.set('kept', 'yes'))
    await killed.stop('SIGKILL')
    await until(() => !pids.some(isRunning), { what: 'services without a launcher end' })

    const run = launch()
    await run.ready()

    expect(isRunning(leftover)).toBe(false)
    expect(run.facts('launcher', 'redis.leftover.ended')).toMatchObject([{ pid: leftover }])
    expect(await inRedis((redis) => redis.get('kept'))).toBe('yes')
  })

  it('says that the port is taken and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await until(() => other.listening)
    const { port } = other.address() as AddressInfo

    const run = launch({ PORT: String(port) })

    expect(await run.exit).toBe(1)
    expect(run.output).toContain(`PORT: ${port} is already in use`)
    other.close()
  })

  it('names every variable that is wrong', async () => {
    const run = launch({ PORT: 'eighty', LOG_LEVEL: 'loud', REDIS_URL: 'http://x', SMTP_URL: 'mail' })

    expect(await run.exit).toBe(1)
    for (const name of ['PORT', 'LOG_LEVEL', 'REDIS_URL', 'SMTP_URL']) expect(run.output).toContain(`${name}:`)
  })

  it('ends, with its last lines, when a service cannot start', async () => {
    tree.replace('services/payment', `throw new Error('no such table: Payment')`)

    const run = launch()

    expect(await run.exit).toBe(1)
    expect(run.output).toContain('payment does not start')
    expect(run.output).toContain('no such table: Payment')
  })

  it('passes every line on as JSON, and keeps it in the log file', async () => {
    tree.replace('services/payment', WITHOUT_LOGGER)

    const run = launch()
    await run.ready()
    await until(() => run.facts('payment', 'plain words')[0])

    const log = readFileSync(join(tree.dataDir, 'logs', 'orderline.log'), 'utf8')
      .trim()
      .split('\n')
    const facts = log.map((line): { service: string; msg: string } => JSON.parse(line))
    expect(facts).toContainEqual(expect.objectContaining({ service: 'payment', msg: 'plain words', level: 40 }))
    expect(facts.map(({ service }) => service)).toEqual(expect.arrayContaining([...SERVICES, 'redis', 'launcher']))
    expect(run.facts('redis', '')).toEqual([])
  })

  it('goes on when nobody reads what it prints', async () => {
    const run = launch()
    const { url } = await run.ready()
    run.process.stdout?.destroy()

    process.kill(Number(run.facts('payment', 'started')[0]?.pid), 'SIGKILL')

    const log = join(tree.dataDir, 'logs', 'orderline.log')
    await until(() => readFileSync(log, 'utf8').includes('process.back'))
    expect(await (await fetch(String(url))).text()).toBe('order')
  })
})
