import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { services } from '../../shared/routes.ts'
import { simulators } from '../../shared/start/environment.ts'
import { isRunning, Tree } from '../launcher-rig.ts'
import { until } from '../until.ts'

const ALL = [...services, ...simulators]

describe('the launcher in trouble', () => {
  let tree: Tree

  beforeEach(() => {
    tree = new Tree()
  })

  afterEach(() => tree.close())

  it('starts a killed service again within a second, at the same address', async () => {
    const run = tree.launch()
    const { url } = await run.ready()
    const before = await run.pidOf('order')

    process.kill(before, 'SIGKILL')
    const killedAtMs = Date.now()

    expect(await run.pidOf('order', 2)).not.toBe(before)
    expect(Date.now() - killedAtMs).toBeLessThan(1_000)
    expect(await (await fetch(String(url))).text()).toBe('order')
  })

  it('brings a killed Redis back at the same port', async () => {
    const run = tree.launch()
    await run.ready()

    process.kill(tree.redisPid(), 'SIGKILL')

    await until(() => run.facts('launcher', 'process.back')[0])
    expect(await tree.inRedis((redis) => redis.ping())).toBe('PONG')
  })

  it('refuses a data folder that another launcher runs on', async () => {
    const first = tree.launch()
    await first.ready()

    const second = tree.launch()

    expect(await second.exit).toBe(1)
    expect(second.output).toContain(`already running on ${tree.dataDir} (pid ${first.process.pid})`)
  })

  it('lets only one of two that start at the same moment have the data folder', async () => {
    const runs = [tree.launch(), tree.launch()]

    const [code, run] = await Promise.race(runs.map(async (run) => [await run.exit, run] as const))

    expect(code).toBe(1)
    expect(run.output).toContain('already running')
    await runs.find((other) => other !== run)?.ready()
  })

  it.each(['SIGKILL', 'SIGSEGV', 'SIGUSR2'] as const)('leaves nothing behind when it dies of %s', async (signal) => {
    const run = tree.launch()
    await run.ready()
    const pids = await Promise.all(ALL.map((name) => run.pidOf(name)))
    pids.push(tree.redisPid(), run.guardPid())
    process.kill(await run.pidOf('payment'), 'SIGSTOP') // a frozen one cannot see that its launcher is gone

    await run.stop(signal)

    await until(() => !pids.some(isRunning), { what: 'all to be gone' })
  })

  it('has another guard when the one it had is killed', async () => {
    const run = tree.launch()
    await run.ready()
    process.kill(run.guardPid(), 'SIGKILL')
    const guard = await until(() => run.guardPid(), { what: 'another guard' })

    await run.stop('SIGKILL')

    await until(() => ![tree.redisPid(), guard].some(isRunning), { what: 'all to be gone' })
  })

  it('ends the Redis that a killed launcher and its guard left behind, and takes over its data', async () => {
    const killed = tree.launch()
    await killed.ready()
    const pids = await Promise.all(['order', 'payment', 'mailbox'].map((name) => killed.pidOf(name)))
    const leftover = tree.redisPid()
    await tree.inRedis((redis) => redis.set('kept', 'yes'))
    process.kill(killed.guardPid(), 'SIGKILL') // at the same moment, as when memory runs out
    await killed.stop('SIGKILL')
    await until(() => !pids.some(isRunning), { what: 'services without a launcher to end' })

    const run = tree.launch()
    await run.ready()

    expect(isRunning(leftover)).toBe(false)
    expect(run.facts('launcher', 'redis.leftover.ended')).toMatchObject([{ pid: leftover }])
    expect(await tree.inRedis((redis) => redis.get('kept'))).toBe('yes')
  })

  it('says that the port is taken and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await until(() => other.listening)
    const { port } = other.address() as AddressInfo

    const run = tree.launch({ PORT: String(port) })

    expect(await run.exit).toBe(1)
    expect(run.output).toContain(`PORT: ${port} is already in use`)
    other.close()
  })

  it.each(['        ', 'two words of ours', 'tab\tinside', 'naïve-token-of-ours'])(
    'refuses an admin token that no header can carry: %j',
    async (ADMIN_TOKEN) => {
      const run = tree.launch({ ADMIN_TOKEN })

      expect(await run.exit).toBe(1)
      expect(run.output).toContain('ADMIN_TOKEN: must consist of')
    },
  )

  it('names every variable that is wrong', async () => {
    const run = tree.launch({ PORT: 'eighty', LOG_LEVEL: 'loud', REDIS_URL: 'http://x', SMTP_URL: 'mail' })

    expect(await run.exit).toBe(1)
    for (const name of ['PORT', 'LOG_LEVEL', 'REDIS_URL', 'SMTP_URL']) expect(run.output).toContain(`${name}:`)
  })

  it('ends, with its last lines, when a service cannot start', async () => {
    tree.replace('services/payment', `throw new Error('no such table: Payment')`)

    const run = tree.launch()

    expect(await run.exit).toBe(1)
    expect(run.output).toContain('payment does not start')
    expect(run.output).toContain('no such table: Payment')
  })

  it('goes on when nobody reads what it prints', async () => {
    const run = tree.launch()
    const { url } = await run.ready()
    run.process.stdout?.destroy()

    process.kill(await run.pidOf('payment'), 'SIGKILL')

    await until(() => tree.log().includes('process.back'))
    expect(await (await fetch(String(url))).text()).toBe('order')
  })
})
