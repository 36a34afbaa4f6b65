import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { Redis } from 'ioredis'
import { parse } from 'yaml'
import { z } from 'zod'
import { pickPorts } from '../../launcher/ports.ts'
import { thriftyEnv, thriftyFlags } from '../../launcher/thrift.ts'
import { fillIn } from '../../rehearsal/fill-in.ts'
import { type Config, readConfig } from '../../shared/config.ts'
import { services } from '../../shared/routes.ts'
import { reads } from '../../shared/start/env-for.ts'
import { simulators, environment as variables } from '../../shared/start/environment.ts'
import { until } from '../until.ts'

const block = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  profiles: z.array(z.string()).default([]),
  read_only: z.boolean(),
  tmpfs: z.array(z.string()),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
})
const composeFile = z.object({
  services: z.record(z.string(), block),
  volumes: z.record(z.string(), z.null()),
})

const text = readFileSync('docker-compose.yml', 'utf8')
const compose = composeFile.parse(parse(text, { merge: true }))
const blocks = Object.entries(compose.services)
const ours = blocks.filter(([, { build }]) => build !== undefined)
const known = Object.keys(
  readConfig({
    ADMIN_TOKEN: 'x'.repeat(8),
    ORDER_KEY_SECRET: 'x'.repeat(16),
    CALL_SECRET: 'x'.repeat(32),
    SESSION_SECRET: 'x'.repeat(32),
    SEAL_SECRET: 'x'.repeat(32),
    SMS_ACCOUNT: 'AC1',
    SMS_TOKEN: 'x'.repeat(32),
    SMS_FROM: '+15005550006',
    SMS_API_BASE: 'http://x',
    SMS_WEBHOOK_URL: 'http://x',
    SMS_RATE: '1',
    STRIPE_SECRET_KEY: 'sk_x',
    STRIPE_API_BASE: 'http://x',
    GATEWAY_RATE: '1',
    MAIL_RATE: '1',
    STRIPE_WEBHOOK_SECRET: 'whsec_x',
    WEBHOOK_URL: 'http://x',
    GATEWAY_PAGES_URL: 'http://x',
    SALE_PAGES_URL: 'http://x',
    TRUST_PROXY: '1',
    REDIS_PREFIX: 'x',
    LOG_FILE: 'x',
    LOGS_DIR: 'x',
  }),
)
/** The volume that they share, and where it is. */
const LOG_FILES = 'log-files:/logs'
const fileOf = (command: string | string[] = '') =>
  String(command)
    .replace(/^node dist\//, '')
    .replace(/\.js$/, '.ts')

type Env = Record<string, string | undefined>
const ASKED = 'given-by-whoever-starts-it-as-asked'
const filledIn = (value: string | number, env: Env = {}) =>
  fillIn(String(value), { REDIS_PASSWORD: ASKED, CALL_SECRET: ASKED, ...env })
const environmentOf = (environment: z.infer<typeof block>['environment'], env: Env = {}) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value, env)]))
/** What `docker compose --env-file try-out.env` sets. */
const tryOut: Env = parseEnv(readFileSync('try-out.env', 'utf8'))

/** Where people go, and no container. */
const FOR_PEOPLE = /^(SHOP|GATEWAY_PAGES|SALE_PAGES)_URL$/
const isSimulator = (name: string) => simulators.some((simulator) => simulator === name)
const isKey = (name: string): name is keyof Config => known.includes(name)
const keyOf = (name: string) => {
  if (!isKey(name)) throw new Error(`no variable is called ${name}`)
  return name
}
const flag = z.boolean().optional()
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: flag, optional: flag, devOptional: flag, cpu: z.array(z.string()).optional() }),
  ),
})

describe('docker-compose.yml', () => {
  it.each(services)('runs the %s service from its own main.ts, with data of its own', (service) => {
    const { command, volumes } = compose.services[service] ?? {}

    expect(command).toBe(`node dist/services/${service}/main.js`)
    expect(volumes).toEqual([`${service}:/data`, LOG_FILES])
  })

  it('runs control, which has no data, where order looks for it', () => {
    const { command, volumes, environment } = compose.services.control ?? {}

    expect([command, volumes]).toEqual(['node dist/services/control/main.js', [LOG_FILES]])
    expect(compose.services.order?.environment.CONTROL_URL).toBe(`http://control:${environment?.CONTROL_PORT}`)
    expect(environment?.ORDER_URL).toBe(`http://order:${compose.services.order?.environment.PORT}`)
  })

  it.each(ours)('has %s write its log where logs reads it, in a file of its own', (name, { environment, volumes }) => {
    const [, folder] = LOG_FILES.split(':')

    expect(environment.LOG_FILE).toBe(`${folder}/${name}.log`)
    expect(volumes).toContain(LOG_FILES)
    expect(compose.services.logs?.environment.LOGS_DIR).toBe(folder)
  })

  it.each(ours)('runs %s from a source that exists', (_name, { command }) => {
    expect(existsSync(fileOf(command))).toBe(true)
  })

  it.each(ours)('gives %s an environment that it starts in, and knows by name', (name, { environment }) => {
    const gateway = { STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_WEBHOOK_SECRET: 'whsec_Zk3vQ9xT7mWp2LsB' }
    const outside = { SMTP_URL: 'smtps://mail.example', ...gateway }
    const secret = '7c1f0e9ab2d84356f7081b2c3d4e5f60'
    const ours = { CALL_SECRET: secret, SESSION_SECRET: secret, SEAL_SECRET: secret }
    const secrets = { ORDER_KEY_SECRET: 'Zk3vQ9xT7mWp2LsB', ...ours }
    const real = { ...outside, SHOP_URL: 'https://shop.example', ...secrets }

    expect(readConfig(environmentOf(environment, tryOut), name).NODE_ENV).toBe('production')
    if (!isSimulator(name)) expect(() => readConfig(environmentOf(environment, real), name)).not.toThrow()
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)))
  })

  it.each([
    ['order', 'ORDER_KEY_SECRET: is missing'],
    ['payment', 'STRIPE_SECRET_KEY: is missing'],
    ['payment', 'STRIPE_WEBHOOK_SECRET: is missing'],
    ['notification', 'SMTP_URL: is missing'],
    ['notification', 'ORDER_KEY_SECRET: is missing'],
    ['notification', 'SEAL_SECRET: is missing'],
    ['accounts', 'SESSION_SECRET: is missing'],
    ['order', 'SESSION_SECRET: is missing'],
    ['payment-gateway', 'SIMULATORS: does not name this one'],
    ['sms-gateway', 'SIMULATORS: does not name this one'],
  ])('does not start %s by what comes along, unless simulators are asked for', (name, reason) => {
    const { environment = {}, profiles } = compose.services[name] ?? {}

    expect(() => readConfig(environmentOf(environment), name)).toThrow(reason)
    expect(profiles).toEqual(isSimulator(name) ? ['simulators'] : [])
  })

  it.each(blocks)('gives %s no right that it does not need', (_name, { read_only, tmpfs, cap_drop, security_opt }) => {
    expect({ read_only, cap_drop, security_opt }).toEqual({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    expect(tmpfs).toContain('/tmp')
  })

  it.each(ours)('gives %s no secret of others', (name, { environment }) => {
    const given = Object.keys(environment).filter((variable) => !reads(name, keyOf(variable)))

    expect(given.filter((variable) => /TOKEN|KEY|SECRET|SMTP_URL|REDIS_URL/.test(variable))).toEqual([])
  })

  it('brings a Redis that wants the password it is told, and keeps nothing', async () => {
    const [port = 0] = await pickPorts(1)
    const folder = mkdtempSync(join(tmpdir(), 'orderline-compose-'))
    const { command = [], volumes } = compose.services.redis ?? {}
    const script = String(command.at(-1))
      .replaceAll('$$', '$')
      .replace(/\/tmp\/redis.conf/g, `${folder}/redis.conf`)
    const own = ` --port ${port} --bind 127.0.0.1 --dir ${folder}`
    const server = spawn('sh', ['-c', script + own], {
      env: { ...process.env, REDISCLI_AUTH: 'pass$word' },
      stdio: 'ignore',
    })
    const ask = (password: string) => {
      const redis = new Redis({ port, password, lazyConnect: true, retryStrategy: () => null })
      redis.on('error', () => {})
      return redis.ping().finally(() => redis.disconnect())
    }

    expect(await until(() => ask('pass$word'))).toBe('PONG')
    await expect(ask('guess')).rejects.toThrow()
    server.kill('SIGKILL')
    await once(server, 'exit')
    expect([readdirSync(folder), volumes]).toEqual([['redis.conf'], []])
    expect(statSync(join(folder, 'redis.conf')).mode & 0o777).toBe(0o600)
    rmSync(folder, { recursive: true })
  })

  it.each(ours)('asks %s for its health at a port that it listens on', (_name, { environment, healthcheck }) => {
    expect(healthcheck.test.join(' ')).toContain(`process.env.PORT ?? process.env.OPS_PORT) + '/healthz'`)
    expect(environment.PORT ?? environment.CONTROL_PORT ?? environment.OPS_PORT).toBeGreaterThan(0)
    const doors = Object.keys(environment).filter((variable) => variable.endsWith('_PORT'))
    for (const door of doors) expect([door, environment[door]]).toEqual([door, environment.OPS_PORT])
  })

  it.each([
    ['/healthz', 0],
    ['/elsewhere', 1],
  ])('takes a service for healthy that answers at %s: exit %i', async (path, exitCode) => {
    const server = createServer((req, res) => res.writeHead(req.url === path ? 200 : 404).end())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const [, node = '', ...args] = compose.services.order?.healthcheck.test ?? []
    const { port } = server.address() as AddressInfo

    const check = spawn(node, args, { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' })

    expect(await once(check, 'exit')).toEqual([exitCode, null])
    server.close()
  })

  it.each(blocks)('lets %s wait only for what is there', (_name, { depends_on }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      expect(condition).toBe('service_healthy')
      expect(Object.keys(compose.services)).toContain(name)
    }
  })

  it.each(ours)('points %s at hosts and ports that other blocks have', (_name, { environment }) => {
    const urls = Object.entries(environment).filter(([name]) => !FOR_PEOPLE.test(name) && /_(URL|BASE)$/.test(name))
    for (const [, value] of urls)
      expect(Object.keys(compose.services)).toContain(new URL(filledIn(value, tryOut)).hostname)
  })

  it('names a volume for all data that must outlive a container, and no other', () => {
    const mounted = blocks.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0]))

    expect(Object.keys(compose.volumes).sort()).toEqual([...new Set(mounted)].sort())
  })

  it('has the gateway that comes along tell payment what happens, and order forward what the real one tells', () => {
    const { payment, order, control, 'payment-gateway': gateway } = compose.services

    const door = `http://payment:${payment?.environment.PAYMENT_PORT}`
    expect([order?.environment.PAYMENT_URL, control?.environment.PAYMENT_URL]).toEqual([door, door])
    expect(gateway?.environment.WEBHOOK_URL).toBe(`${door}/webhooks/stripe`)
    expect(gateway?.environment.STRIPE_WEBHOOK_SECRET).toBe(payment?.environment.STRIPE_WEBHOOK_SECRET)
    expect(gateway?.ports).toEqual([`127.0.0.1:${new URL(String(gateway?.environment.GATEWAY_PAGES_URL)).port}:8080`])
  })

  it('has the phones that come along tell notification, and order forward what Twilio tells', () => {
    const { order, control, accounts, notification, 'sms-gateway': gateway } = compose.services

    const door = `http://notification:${notification?.environment.NOTIFICATION_PORT}`
    for (const front of [order, control, accounts]) expect(front?.environment.NOTIFICATION_URL).toBe(door)
    expect([gateway?.environment.SMS_WEBHOOK_URL, tryOut.SMS_WEBHOOK_URL]).toEqual(
      Array(2).fill(`${door}/webhooks/sms`),
    )
    expect(tryOut.SMS_API_BASE).toBe(`http://sms-gateway:${gateway?.environment.PORT}`)
    const accountsDoor = `http://accounts:${accounts?.environment.ACCOUNTS_PORT}`
    for (const front of [order, control]) expect(front?.environment.ACCOUNTS_URL).toBe(accountsDoor)
  })

  it('publishes the shop, its control room, the sales, the pages of its gateways and the mails', () => {
    const published = blocks.filter(([, { ports }]) => ports.length > 0).map(([name]) => name)

    expect(published).toEqual(['order', 'control', 'sale', 'payment-gateway', 'sms-gateway', 'mailbox'])
    expect(compose.services.order?.ports.map((port) => filledIn(port))).toEqual(['3000:3000'])
    expect(compose.services.control?.ports.map((port) => filledIn(port))).toEqual(['127.0.0.1:3001:8080'])
    expect(compose.services.sale?.ports.map((port) => filledIn(port))).toEqual(['3005:8080'])
    expect(tryOut.SALE_PAGES_URL).toBe('http://localhost:3005')
    expect(compose.services.mailbox?.ports).toEqual(['127.0.0.1:8025:8025'])
  })
})

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8')
  const listed = [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)]

  it('lists every variable of the config, and every one that a compose file asks for', () => {
    const both = text + readFileSync('docker-compose.scale.yml', 'utf8')
    const asked = [...both.matchAll(/\$\{(\w+):[-?]/g)].map(([, name]) => name)

    expect(listed.map(([, name]) => name)).toEqual(
      expect.arrayContaining([...Object.keys(variables.shape), ...asked, 'INSTANCES']),
    )
  })

  it('shows the defaults as they are', () => {
    const shown = Object.fromEntries(listed.map(([, name, value]) => [name, value]))

    expect(readConfig(shown)).toEqual(readConfig({}))
  })
})

describe('the Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8')

  it('keeps a process as small as the launcher does', () => {
    const env = Object.entries({ NODE_OPTIONS: `"${thriftyFlags.join(' ')}"`, ...thriftyEnv })

    expect(dockerfile).toContain(`ENV ${env.map(([name, value]) => `${name}=${value}`).join(' ')}\n`)
  })

  it('leaves in the image what runs, and nothing that only builds', () => {
    const lock = lockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
    const kept = Object.entries(lock.packages).filter(
      ([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional,
    )
    const names = kept.map(([path]) => path.replace(/^.*node_modules\//, ''))

    expect(dockerfile).toContain('npm prune --omit=dev --omit=optional && cp -r /tmp/@node-rs node_modules\n')
    expect(kept.length).toBeLessThanOrEqual(140)
    expect(names).toEqual(expect.arrayContaining(['@prisma/client', 'better-sqlite3', 'express', 'ioredis', 'stripe']))
    for (const name of ['prisma', '@prisma/studio-core', 'react', 'mysql2', 'typescript'])
      expect(names).not.toContain(name)
  })

  it('leaves in the image the code that each platform has another of', () => {
    const lock = lockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
    const native = Object.entries(lock.packages).filter(
      ([, { dev, optional, cpu }]) => !dev && optional && cpu !== undefined,
    )
    const scopes = new Set(native.map(([path]) => /(@[^/]+)\/[^/]+$/.exec(path)?.[1]))

    expect([...scopes].filter((scope) => scope !== '@typescript')).toEqual(['@node-rs']) // which only builds
  })

  it('copies only folders and files that exist or are built, and the pages of every service', () => {
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, path = '']) => path)

    for (const path of copied) expect(existsSync(path)).toBe(true)
    const pages = readdirSync('services').map((service) => `services/${service}/public`)
    expect(copied).toEqual(expect.arrayContaining(pages.filter((path) => existsSync(path))))
  })
})
