import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { bundleOf, INIT } from '../../rehearsal/bundle.ts'
import { readComposeFile, startedOf } from '../../rehearsal/compose-file.ts'
import { fillIn } from '../../rehearsal/fill-in.ts'
import { answerTo } from '../../rehearsal/names.ts'
import { Network } from '../../rehearsal/network.ts'
import { publishedBy } from '../../rehearsal/publish.ts'

const LOCKED = 'read_only: true\n    cap_drop: [ALL]\n    security_opt: ["no-new-privileges:true"]'
/** Reads a compose file of one service that says this. */
const read = (said: string, variables = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-rehearsal-'))
  try {
    const file = join(folder, 'compose.yml')
    writeFileSync(file, `name: x\nservices:\n  one:\n    image: x\n    ${LOCKED}\n    ${said}\n`)
    return readComposeFile(file, variables)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
/** Braces as Compose wants them. */
const of = (text: string) => `\${${text}}`
const question = (name: string, type: number) => {
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)])
  return Buffer.from([0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1])
}
const [A, AAAA] = [1, 28]

describe('a variable in a compose file', () => {
  it.each([
    [of('A:-b'), { A: 'a' }, 'a'],
    [of('A:-b'), {}, 'b'],
    [of('A:-'), { A: '' }, ''],
    [`x ${of('A:?why')} y`, { A: 'a' }, 'x a y'],
    ['"$$A"', {}, '"$A"'],
    [of('A'), { A: 'a' }, 'a'],
  ])('is filled in: %s with %j', (text, variables, filled) => {
    expect(fillIn(text, variables)).toBe(filled)
  })

  it.each([
    [of('A:?letters and digits'), 'A is not set: letters and digits'],
    [of('A'), 'A is not set'],
    ['$A', '$A is no variable'],
    [of('A:+b'), 'is no variable'],
  ])('is refused: %s', (text, why) => {
    expect(() => fillIn(text, {})).toThrow(why)
  })
})

describe('a compose file', () => {
  it('is refused where it says what is not rehearsed', () => {
    expect(() => read('cpus: 2')).toThrow('cpus')
    expect(() => read('healthcheck: { test: [NONE] }')).toThrow('healthcheck')
    expect(() => read('depends_on: { two: { condition: service_started } }')).toThrow('condition')
  })

  it('gives words of a command, and times in ms', () => {
    const { one } = read('command: node dist/main.js\n    healthcheck: { test: [CMD, node], timeout: 3s }').services

    expect(one?.command).toEqual(['node', 'dist/main.js'])
    expect(one?.healthcheck).toMatchObject({ timeout: 3_000, interval: 30_000, retries: 3 })
    expect(() => read(`command: sh -c 'a b'`)).toThrow('write a command with quotes as a list')
  })

  it('starts what has no profile, or one that was asked for', () => {
    const file = read('profiles: [simulators]')

    expect([...startedOf(file, {}).keys()]).toEqual([])
    expect([...startedOf(file, { COMPOSE_PROFILES: 'a,simulators' }).keys()]).toEqual(['one'])
  })
})

describe('what the runtime is told of a container', () => {
  const service = (said: string) => {
    const { one } = read(said).services
    if (one === undefined) throw new Error('there is no service')
    return one
  }
  const given = { who: { uid: 1, gid: 1 }, root: '/root', mounts: [], hostname: 'abc', netns: '/run/netns/one' }
  const image = {
    Env: ['A=image', 'B=image'],
    Entrypoint: ['enter'],
    Cmd: ['image'],
    WorkingDir: '/app',
    StopSignal: 'SIGTERM',
  }

  it('is its own command behind the entrypoint, and its own environment before the image’s', () => {
    const { process } = bundleOf({ ...given, image, service: service('command: own\n    environment: { A: own }') })

    expect(process.args).toEqual(['enter', 'own'])
    expect(process.env).toEqual(['B=image', 'HOSTNAME=abc', 'A=own'])
    expect(process.cwd).toBe('/app')
  })

  it('is the image’s command where it has none, behind an init where it asks for one', () => {
    const { process } = bundleOf({ ...given, image, service: service('init: true') })

    expect(process.args).toEqual([INIT, '--', 'enter', 'image'])
  })

  it('is no right at all, and a root that nobody can write to', () => {
    const { process, root, mounts } = bundleOf({ ...given, image, service: service('tmpfs: ["/data:mode=0700"]') })

    expect(process).toMatchObject({
      noNewPrivileges: true,
      capabilities: { bounding: [], effective: [], permitted: [] },
    })
    expect(root).toEqual({ path: '/root', readonly: true })
    expect(mounts).toContainEqual(
      expect.objectContaining({ destination: '/data', options: expect.arrayContaining(['mode=0700']) }),
    )
  })
})

describe('the names of a rehearsal', () => {
  const names = new Map([['order', new Set(['172.30.0.2', '172.30.0.3'])]])

  it('lead to all who have them', () => {
    const answer = answerTo(question('Order', A), names)

    expect(answer.readUInt16BE(0)).toBe(0xabcd)
    expect(answer.readUInt16BE(6)).toBe(2)
    expect([...answer.subarray(-4)]).toEqual([172, 30, 0, 3])
  })

  it('have no address of IPv6, and are unknown where nobody has them', () => {
    const [other, unknown] = [answerTo(question('order', AAAA), names), answerTo(question('elsewhere', A), names)]

    expect([other.readUInt16BE(6), other.readUInt16BE(2) & 0xf]).toEqual([0, 0])
    expect([unknown.readUInt16BE(6), unknown.readUInt16BE(2) & 0xf]).toEqual([0, 3])
  })
})

describe('the network of a rehearsal', () => {
  it('gives away what nobody has asked for, of the range that is for that', () => {
    const addresses = { subnet: '172.30.33.0/24', ip_range: '172.30.33.128/25', gateway: '172.30.33.1' }
    const network = new Network(addresses, ['172.30.33.11', '172.30.33.129'])

    expect([network.free(), network.free()]).toEqual(['172.30.33.130', '172.30.33.131'])
    expect(() => new Network(addresses, ['172.30.33.11', '172.30.33.11'])).toThrow('is given to two')
    expect(() => new Network(addresses, ['10.0.0.1'])).toThrow('is not in the network')
  })

  it('publishes ports as they are written', () => {
    expect(publishedBy('3000:8080')).toEqual({ host: '0.0.0.0', port: 3_000, target: 8_080 })
    expect(publishedBy('127.0.0.1:3000:8080')).toEqual({ host: '127.0.0.1', port: 3_000, target: 8_080 })
    expect(() => publishedBy('3000')).toThrow('is no port to publish')
  })
})
