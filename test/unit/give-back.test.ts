import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from '@jest/globals'
import { until } from '../until.ts'

const MB = 2 ** 20
const give = new URL('../../shared/start/give-back.ts', import.meta.url).href
// Objects of its past, long lived and then let go of, as orders leave them; it says how much it has when asked.
const PROGRAM = `
const { giveBackWhenIdle } = await import(${JSON.stringify(give)})
giveBackWhenIdle(50)
let past = Array.from({ length: 500_000 }, (_, i) => ({ text: 'order ' + i, lines: [i, i + 1] }))
process.send(process.memoryUsage.rss())
past = undefined
process.on('message', () => process.send(process.memoryUsage.rss()))
`
const running: ChildProcess[] = []

afterEach(async () => {
  for (const child of running.splice(0)) if (child.kill('SIGKILL')) await once(child, 'exit')
})

async function program(flags: string[]) {
  const args = [...flags, '--input-type=module', '--eval', PROGRAM]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  running.push(child)
  const answer = async () => Number((await once(child, 'message'))[0])
  const fullBytes = await answer()
  return {
    fullBytes,
    bytes: () => {
      child.send('how much?')
      return answer()
    },
  }
}

describe('a program that has nothing to do any more', () => {
  it('gives back what its past has left', async () => {
    const { fullBytes, bytes } = await program(['--expose-gc'])

    expect(await until(async () => fullBytes - (await bytes()) > 30 * MB)).toBe(true)
  })
})
