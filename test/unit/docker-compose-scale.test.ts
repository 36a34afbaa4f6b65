import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { readComposeFile, startedOf } from '../../rehearsal/compose-file.ts'
import { publishedBy } from '../../rehearsal/publish.ts'
import { variablesIn } from '../../rehearsal/variables.ts'
import { programs } from '../../services/all.ts'
import { readConfig } from '../../shared/config.ts'
import { environment as known, simulators } from '../../shared/start/environment.ts'

const FILE = 'docker-compose.scale.yml'
const tryOut = variablesIn('try-out.env', { ADMIN_TOKEN: 'Zk3vQ9xT7mWp2LsB' })
const scale = readComposeFile(FILE, tryOut)
const single = readComposeFile('docker-compose.yml', tryOut)
const called = (name: string, file = scale) => {
  const service = file.services[name]
  if (service === undefined) throw new Error(`there is no ${name}`)
  return service
}
const instances = programs.flatMap((program) => [1, 2].map((number) => [program, `${program}-${number}`] as const))
const balancing = readFileSync('haproxy.cfg', 'utf8')
/** What stands behind a frontend of the balancer, by its port. */
const behind = (port: number) => {
  const [, backend] = new RegExp(`bind :${port}\\n[\\s\\S]*?default_backend (\\w+)`).exec(balancing) ?? []
  const [lines = ''] = new RegExp(`^backend ${backend}\\n(?: .*\\n)+`, 'm').exec(balancing) ?? []
  return [...lines.matchAll(/^ {2}server (\S+) (\S+)$/gm)].map(([, name, address]) => [name, address])
}

describe('docker-compose.scale.yml', () => {
  it.each(instances)('runs %s as %s, which others find by the name of both', (program, instance) => {
    const { command, networks, volumes } = called(instance)

    expect(command).toEqual(called(program, single).command)
    expect(networks.default.aliases).toEqual([program])
    expect(volumes).toContain('log-files:/logs')
  })

  it.each(instances)(
    'tells %s as %s what docker-compose.yml tells it, but for the engines and its own log',
    (program, instance) => {
      const { DATABASE_URL, REDIS_URL, TRUST_PROXY, LOG_FILE, ...said } = called(instance).environment
      const { REDIS_URL: _own, TRUST_PROXY: _nobody, LOG_FILE: _log, ...wanted } = called(program, single).environment

      expect(said).toEqual(wanted)
      expect(LOG_FILE).toBe(`/logs/${instance}.log`)
      expect(DATABASE_URL).toMatch(/^postgresql:\/\/orderline:[\w-]+@postgres:5432\/orderline$/)
      expect(REDIS_URL).toMatch(/^redis-cluster:\/\/:[\w-]+@valkey-1:6379,/)
      expect(TRUST_PROXY).toBe('uniquelocal')
    },
  )

  it.each(instances)('gives %s as %s an environment that it starts in, and knows by name', (program, instance) => {
    const { environment } = called(instance)

    expect(readConfig(environment, program).NODE_ENV).toBe('production')
    expect(Object.keys(known.shape)).toEqual(expect.arrayContaining(Object.keys(environment)))
  })

  it('asks for each secret that has no default, and says what it may be', () => {
    const without = (name: string) => () => readComposeFile(FILE, { ...tryOut, [name]: '' })

    expect(without('POSTGRES_PASSWORD')).toThrow('POSTGRES_PASSWORD is not set: letters and digits')
    expect(without('REDIS_PASSWORD')).toThrow('REDIS_PASSWORD is not set: letters and digits')
    expect(without('ADMIN_TOKEN')).toThrow('ADMIN_TOKEN is not set: at least 16 letters and digits')
    expect(without('CALL_SECRET')).toThrow('CALL_SECRET is not set: at least 32 letters and digits')
  })

  it('has the simulators of docker-compose.yml, where they are asked for', () => {
    for (const name of simulators) expect([name, called(name)]).toEqual([name, called(name, single)])
    expect(simulators.filter((name) => startedOf(scale, {}).has(name))).toEqual([])
  })

  it('waits only for what is there', () => {
    const names = Object.keys(scale.services)

    for (const { depends_on } of Object.values(scale.services))
      expect(names).toEqual(expect.arrayContaining(Object.keys(depends_on)))
  })

  it('makes a cluster of all nodes that the services are told, each with an address that stays and a list of its neighbours', () => {
    const nodes = [...(called('order-1').environment.REDIS_URL ?? '').matchAll(/(valkey-\d):6379/g)].map(
      ([, name = '']) => name,
    )
    const addresses = nodes.map((name) => called(name).networks.default.ipv4_address)

    expect(nodes).toHaveLength(6)
    expect(new Set(addresses).size).toBe(6)
    expect(called('cluster').command?.at(-1)).toContain(
      `--cluster create ${addresses.map((one) => `${one}:6379`).join(' ')} --cluster-replicas 1`,
    )
    for (const name of nodes) expect(called(name).volumes).toEqual([`${name}:/data`])
    expect(Object.keys(called('cluster').depends_on)).toEqual(nodes)
  })

  it.each([
    ['order', 'PORT'],
    ['control', 'CONTROL_PORT'],
    ['sale', 'SALE_PORT'],
  ])('has its balancer lead to both of %s, at the port that they listen on', (program, port) => {
    const published = called('balancer').ports.map(publishedBy)
    const number = { order: 3000, control: 3001, sale: 3005 }[program] ?? 0

    expect(published).toContainEqual({
      host: program === 'control' ? '127.0.0.1' : '0.0.0.0',
      port: number,
      target: number,
    })
    expect(behind(number)).toEqual(
      [1, 2].map((one) => [`${program}-${one}`, `${program}-${one}:${called(`${program}-${one}`).environment[port]}`]),
    )
  })

  it('has a configuration that HAProxy takes', () => {
    const { error, status, stderr } = spawnSync('haproxy', ['-c', '-f', 'haproxy.cfg'], { encoding: 'utf8' })
    if (error !== undefined) return console.warn('no HAProxy to be had: its configuration was not checked')

    expect([status, stderr]).toEqual([0, expect.not.stringContaining('ALERT')])
  })

  it('names a volume for all that must outlive a container, and no other', () => {
    const mounted = Object.values(scale.services).flatMap(({ volumes }) =>
      volumes.map((volume) => volume.split(':')[0]),
    )

    expect(Object.keys(scale.volumes).sort()).toEqual(
      [...new Set(mounted)].filter((name) => name !== './haproxy.cfg').sort(),
    )
  })
})
