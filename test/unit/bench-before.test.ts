import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

const run = promisify(execFile)
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-bench-before-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A folder whose set-up plays nothing, and says at once what has been found. */
function clone(name: string, said: string): string {
  mkdirSync(join(folder, name, 'scripts'), { recursive: true })
  writeFileSync(join(folder, name, 'scripts', 'setup.mjs'), `console.log(${JSON.stringify(said)})`)
  return join(folder, name)
}

const found = (perSecond: number) => `figures: ${JSON.stringify({ ordersPerSecond: perSecond })}`

/** Compares two clones. Resolves with its exit code and with what it said. */
async function compare(...args: string[]): Promise<{ code: number; said: string }> {
  const script = join('scripts', 'bench-before.mjs')
  return run(process.execPath, [script, ...args]).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  )
}

describe('a tree beside an earlier one', () => {
  it.each([
    [970, 0, 'now : before 0.970 (0.970–0.970), wanted ≥ 0.97: reached'],
    [960, 1, 'now : before 0.960 (0.960–0.960), wanted ≥ 0.97: not reached'],
  ])('that does %d orders where the earlier one did 1,000 ends with %d', async (now, code, verdict) => {
    const clones = [clone('before', found(1_000)), clone(`now-${now}`, found(now))]

    const told = await compare(...clones, '--rounds', '2')

    expect(told).toMatchObject({ code })
    expect(told.said).toContain(verdict)
    expect(told.said).toContain(`round 2 of 2: before 1,000, now ${now}`)
  })

  it.each([
    [1.03, 0, 'wanted ≤ 1.03: reached'],
    [1.5, 1, 'wanted ≤ 1.03: not reached'],
  ])('whose orders cost %d times as much ends with %d', async (cost, code, verdict) => {
    const costing = (ms: number) => `figures: ${JSON.stringify({ cpuMsPerOrder: ms })}`
    const clones = [clone('cheap', costing(1)), clone(`now-${cost}`, costing(cost))]

    const told = await compare(...clones, '--rounds', '1', '--figure', 'cpuMsPerOrder')

    expect(told).toMatchObject({ code })
    expect(told.said).toContain(verdict)
  })

  it('is not judged when one of them cannot be played', async () => {
    const told = await compare(clone('before', found(1_000)), clone('broken', 'nothing'))

    expect(told.code).toBe(1)
    expect(told.said).toContain('the bench of')
  })

  it.each([
    [['one'], 'two folders are needed'],
    [['/nowhere', '/elsewhere'], '/nowhere is no clone of this shop'],
    [[process.cwd(), process.cwd(), '--size', 'many'], '--size many is not a number of orders'],
  ])('%j is refused in words', async (given, why) => {
    const told = await compare(...given)

    expect(told.code).toBe(2)
    expect(told.said).toContain(why)
  })
})
