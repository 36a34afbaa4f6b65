import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { reads } from '../../shared/start/env-for.ts'
import { environment } from '../../shared/start/environment.ts'

const page = readFileSync('docs/deploying.md', 'utf8')
const units = [...page.matchAll(/`\/etc\/systemd\/system\/(\S+)`[\s\S]*?```ini\n([\s\S]*?)```/g)].map(
  ([, name = '', text = '']) => [name, text] as const,
)
const isKnown = (name: string): name is keyof typeof environment.shape => name in environment.shape
/** What systemd says of a unit where Node is where it is here. */
function verify(name: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-units-'))
  try {
    const file = join(folder, name.replace('@.', '@order.'))
    writeFileSync(file, text.replaceAll('/usr/bin/node', process.execPath))
    return spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('docs/deploying.md', () => {
  it('has a unit for the launcher, and one for a service', () => {
    expect(units.map(([name]) => name)).toEqual(['orderline.service', 'orderline@.service'])
  })

  it.each(units)('has a %s that systemd understands', (name, text) => {
    const { error, status, stderr } = verify(name, text)
    if (error !== undefined) return console.warn('no systemd to be had: the units were not checked')

    expect([status, stderr]).toEqual([0, expect.not.stringContaining(name.replace('@.', '@order.'))])
  })

  it.each(units)('has a %s that sets only variables that there are', (_name, text) => {
    const [, line = ''] = /^Environment=(.*)$/m.exec(text) ?? []

    expect(
      line
        .split(' ')
        .map((one) => one.split('=')[0])
        .filter((name = '') => !isKnown(name)),
    ).toEqual([])
  })

  it('says of each secret who reads it', () => {
    const rows = [...page.matchAll(/^\| (`[A-Z_`, ]+) \| ([a-z, ]+) \|/gm)].map(([, names = '', readers = '']) => ({
      names: [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
      readers: readers.split(', '),
    }))
    const wrong = rows.flatMap(({ names, readers }) =>
      names
        .filter(isKnown)
        .flatMap((name) => readers.filter((program) => program !== 'every service' && !reads(program, name))),
    )

    expect(rows.length).toBeGreaterThan(6)
    expect(wrong).toEqual([])
  })
})
