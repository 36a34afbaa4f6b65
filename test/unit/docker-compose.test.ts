import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { thriftyEnv, thriftyFlags } from '../../launcher/thrift.ts'
import { readConfig } from '../../shared/config.ts'
import { services } from '../../shared/routes.ts'

const block = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.string().optional(),
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
// comes with Jest; has no types of its own, which zod makes up for
const parseYaml: { load(yaml: string): unknown } = createRequire(import.meta.url)('js-yaml')
const compose = composeFile.parse(parseYaml.load(text))
const blocks = Object.entries(compose.services)
const ours = blocks.filter(([, { build }]) => build !== undefined)
const known = Object.keys(
  readConfig({
    ADMIN_TOKEN: 'x'.repeat(8),
    STRIPE_SECRET_KEY: 'sk_x',
    STRIPE_API_BASE: 'http://x',
    TRUST_PROXY: '1',
    REDIS_PREFIX: 'x',
  }),
)
const fileOf = (command = '') => command.replace(/^node dist\//, '').replace(/\.js$/, '.ts')

/** As Compose fills it in when nothing is set. */
const filledIn = (value: string | number) => String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1')

describe('docker-compose.yml', () => {
  it.each(services)('runs the %s service from its own main.ts, with data of its own', (service) => {
    const { command, volumes } = compose.services[service] ?? {}

    expect(command).toBe(`node dist/services/${service}/main.js`)
    expect(volumes).toEqual([`${service}:/data`])
  })

  it('runs control, which has no data, where order looks for it', () => {
    const { command, volumes, environment } = compose.services.control ?? {}

    expect([command, volumes]).toEqual(['node dist/services/control/main.js', []])
    expect(compose.services.order?.environment.CONTROL_URL).toBe(`http://control:${environment?.CONTROL_PORT}`)
    expect(environment?.ORDER_URL).toBe(`http://order:${compose.services.order?.environment.PORT}`)
  })

  it.each(ours)('runs %s from a source that exists', (_name, { command }) => {
    expect(existsSync(fileOf(command))).toBe(true)
  })

  it.each(ours)('gives %s an environment that the config accepts, and knows by name', (_name, { environment }) => {
    const filled = Object.entries(environment).map(([name, value]) => [name, filledIn(value)])

    expect(() => readConfig(Object.fromEntries(filled))).not.toThrow()
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)))
  })

  it.each(ours)('asks %s for its health at a port that it listens on', (_name, { environment, healthcheck }) => {
    expect(healthcheck.test.join(' ')).toContain(`process.env.PORT ?? process.env.OPS_PORT) + '/healthz'`)
    expect(environment.PORT ?? environment.CONTROL_PORT ?? environment.OPS_PORT).toBeGreaterThan(0)
    if (environment.CONTROL_PORT) expect(environment.CONTROL_PORT).toBe(environment.OPS_PORT)
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
    const urls = Object.entries(environment).filter(([name]) => /_(URL|BASE)$/.test(name))
    for (const [, value] of urls) expect(Object.keys(compose.services)).toContain(new URL(filledIn(value)).hostname)
  })

  it('names a volume for all data that must outlive a container, and no other', () => {
    const mounted = blocks.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0]))

    expect(Object.keys(compose.volumes).sort()).toEqual(mounted.sort())
  })

  it('publishes the shop, its control room and the mails', () => {
    const published = blocks.filter(([, { ports }]) => ports.length > 0).map(([name]) => name)

    expect(published).toEqual(['order', 'control', 'mailbox'])
    expect(compose.services.order?.ports.map(filledIn)).toEqual(['3000:3000'])
    expect(compose.services.control?.ports.map(filledIn)).toEqual(['3001:8080'])
  })
})

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8')
  const listed = [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)]

  it('lists every variable of the config, and every one that docker-compose.yml asks for', () => {
    const asked = [...text.matchAll(/\$\{(\w+):-/g)].map(([, name]) => name)

    expect(listed.map(([, name]) => name)).toEqual(expect.arrayContaining([...known, ...asked]))
  })

  it('shows the defaults as they are', () => {
    const shown = Object.fromEntries(listed.map(([, name, value]) => [name, value]))

    expect(readConfig(shown)).toEqual(readConfig({}))
  })
})

describe('the Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8')

  it('keeps a process as small as the launcher does', () => {
    const env = Object.entries({ NODE_OPTIONS: thriftyFlags.join(' '), ...thriftyEnv })

    expect(dockerfile).toContain(`ENV ${env.map(([name, value]) => `${name}=${value}`).join(' ')}\n`)
  })

  it('copies only folders and files that exist or are built', () => {
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)]

    for (const [, path = ''] of copied) expect(existsSync(path)).toBe(true)
  })
})
