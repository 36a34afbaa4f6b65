import { readFileSync } from 'node:fs'
import { SourceTextModule } from 'node:vm'
import { describe, expect, it } from '@jest/globals'
import { crashPointsIn } from '../../chaos/crash-points.ts'
import { insertSteps } from '../../simulators/slow-motion/insert-steps.ts'
import { messagesIn } from '../../simulators/slow-motion/messages-in.ts'
import { switchesIn } from '../../simulators/slow-motion/switches.ts'

const files = [
  ...new Set(
    [...crashPointsIn('shared'), ...crashPointsIn('services')].map(({ file }) =>
      file.slice('dist/'.length).replace(/js$/, 'ts'),
    ),
  ),
]
const stepped = (file: string) => {
  const source = readFileSync(file, 'utf8')
  const compiled = readFileSync(`dist/${file.replace(/ts$/, 'js')}`, 'utf8')
  return { source, code: insertSteps(compiled, source, file) }
}
const STEP = /globalThis\.orderlineStep\?\.\((\{.*?\})(?:, \(\) => \(\{ (.*) \}\))?\)$/gm

describe('the steps of slow motion', () => {
  it.each(files)('stand at every crash point that %s names, with its line in the source', (file) => {
    const { source, code } = stepped(file)
    const told = [...code.matchAll(STEP)].map(([, place = '']) => JSON.parse(place))

    const named = source.split('\n').flatMap((text, i) => {
      const name = /^\s*\/\/ crash point: (.+)$/.exec(text)?.[1]
      return name === undefined ? [] : [{ name, file, line: i + 1 }]
    })
    expect(told).toEqual(named)
  })

  it.each(files)('leave %s a module that can be read, and ask only for what it has a name for', (file) => {
    const { code } = stepped(file)
    const before = (at: number) => code.slice(0, at)

    expect(() => new SourceTextModule(code)).not.toThrow()
    for (const { 2: known = '', index } of code.matchAll(STEP))
      for (const [, name = ''] of known.matchAll(/: (\w+)/g)) expect(before(index)).toMatch(new RegExp(`\\b${name}\\b`))
  })

  it('touch nothing else', () => {
    const { code } = stepped('shared/protocol/settle.ts')
    const compiled = readFileSync('dist/shared/protocol/settle.js', 'utf8')

    const others = (text: string) => text.split('\n').filter((line) => !/crash point|orderlineStep/.test(line))
    expect(others(code)).toEqual(others(compiled))
    expect(code.split('\n').length).toBe(compiled.split('\n').length)
  })
})

describe('the messages that are known at a step', () => {
  const envelope = { id: 'a-1', name: 'order.placed', subject: 'o-1', at: 1, data: {} }
  const raw = JSON.stringify(envelope)
  const known = { id: 'a-1', name: 'order.placed', subject: 'o-1' }

  it.each([
    ['an element of a list, as it lies there', raw, [{ ...known, raw }]],
    [
      'several of them',
      [raw, raw],
      [
        { ...known, raw },
        { ...known, raw },
      ],
    ],
    ['a message in hand', envelope, [known]],
    ['a row of an outbox, which knows its id alone', [{ id: 'a-1', stamp: 3 }], [{ id: 'a-1' }]],
    ['an acknowledgement', [['a-1', 'done']], [{ id: 'a-1' }]],
    ['garbage', ['{"this is": not JSON', '7', 'null'], []],
    ['nothing', null, []],
  ])('are those of %s', (_, value, expected) => {
    expect(messagesIn(value)).toEqual(expected)
  })

  it('are no more than a screen can show, and never as long as an upload', () => {
    const long = JSON.stringify({ ...envelope, data: 'x'.repeat(5_000) })

    expect(messagesIn(Array(500).fill(raw))).toHaveLength(20)
    expect(messagesIn(long)).toEqual([known])
  })
})

describe('what a program is told about its steps', () => {
  it('is taken only as it is meant', () => {
    const told = { type: 'steps', isTold: true, slowMs: 300, dieAt: null }

    expect(switchesIn(told)).toEqual(told)
    expect(switchesIn({ ...told, slowMs: 60_000 })).toBeUndefined()
    expect(switchesIn({ type: 'controlled', id: 1 })).toBeUndefined()
  })
})
