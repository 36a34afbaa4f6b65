import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Clone } from '../setup-rig.ts'
import { until } from '../until.ts'

const STAYS = `
import { writeFileSync } from 'node:fs'
process.on('SIGTERM', () => {
  writeFileSync('ended', 'in good order')
  process.exit(7)
})
setTimeout(() => process.exit(1), 10_000) // should no signal come
writeFileSync('runs', '')
`

describe('the set-up, by the Node it is called with', () => {
  let clone: Clone
  const read = (name: string) => readFileSync(join(clone.folder, name), 'utf8')
  const exists = (name: string) => existsSync(join(clone.folder, name))

  beforeEach(() => {
    clone = new Clone()
    clone.useNpm('fake/npm.cjs')
    clone.write('shared/hello.ts', `console.log('on', process.env.FETCHED); process.exitCode = 5`)
  })

  afterEach(() => clone.remove())

  it('uses one that is new enough as it is', async () => {
    const { output } = await clone.setup('--run', 'dist/shared/hello.js')

    expect(output).toMatch(/^setup: installing.*\n(setup: .*\n)*on undefined\n$/)
    expect(exists('.node')).toBe(false)
  })

  it('fetches the LTS in place of an old one, says so, and runs everything on it', async () => {
    clone.demandNode('>=99.1')

    const { code, output } = await clone.setup('--run', 'dist/shared/hello.js')

    const [version] = read('fetched').split('\n')
    const { node } = process.versions
    expect(output.split('\n')[0]).toBe(
      `setup: this is Node ${node}, not 99.1 or newer: fetching ${version} for this project alone …`,
    )
    expect(output.endsWith(`\non ${version}\n`)).toBe(true)
    expect(code).toBe(5)
  })

  it('fetches once, whether asked again or by several at the same time', async () => {
    clone.demandNode('>=99.1')

    await Promise.all([clone.setup(), clone.setup()])
    const { output } = await clone.setup('--run', 'dist/shared/hello.js')

    expect(output).toMatch(/^on .*\n$/)
    expect(read('fetched').trim().split('\n')).toHaveLength(1)
  })

  it('runs on another version when told to', async () => {
    const { output } = await clone.setup('--node', '98', '--run', 'dist/shared/hello.js')

    expect(output).toContain('not 98: fetching 98 for this project alone')
    expect(output.endsWith('\non 98\n')).toBe(true)
  })

  it.each([
    ['SIGTERM', 'to the one that was called', 7],
    ['SIGKILL', 'of the one that was called', null],
  ] as const)('ends the program in good order at a %s %s', async (signal, _where, code) => {
    clone.demandNode('>=99.1')
    clone.write('shared/stays.ts', STAYS)
    await clone.setup()
    const { process: called, ended } = clone.start('--run', 'dist/shared/stays.js')
    await until(() => exists('runs'))

    called.kill(signal)

    expect((await ended).code).toBe(code)
    expect(read('ended')).toBe('in good order')
  })

  it('says in one sentence what to do where npm reaches no registry', async () => {
    clone.write(
      'offline.cjs',
      `console.error('npm error code ENOTFOUND\\nnpm error network request failed'); process.exit(1)`,
    )
    clone.demandNode('>=99.1')
    clone.useNpm('offline.cjs')

    const { code, output } = await clone.setup()

    expect(code).toBe(1)
    expect(output).toMatch(
      /\nsetup: npm cannot fetch Node \S+ \(ENOTFOUND\): install Node 99.1 or newer, then try again\n$/,
    )
    expect(clone.calls()).toEqual([])
  })
})

describe('the LTS that the set-up fetches', () => {
  it('is one that package.json allows', () => {
    const [, lts = ''] = /LTS = '(.*)'/.exec(readFileSync('scripts/setup/node.mjs', 'utf8')) ?? []
    const { engines }: { engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'))

    expect(lts.localeCompare(engines.node.slice('>='.length), undefined, { numeric: true })).toBe(1)
  })
})
