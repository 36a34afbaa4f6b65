import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Clone } from '../setup-rig.ts'

const EVERYTHING = ['compile', 'generate prisma/order/schema.prisma', 'generate prisma/payment/schema.prisma']

describe('the set-up', () => {
  let clone: Clone
  const path = (name: string) => join(clone.folder, name)

  beforeEach(() => {
    clone = new Clone()
  })

  afterEach(() => clone.remove())

  it('makes a fresh clone ready, saying each step, and then runs what was asked for', async () => {
    const { code, output } = await clone.setup('--run', 'dist/shared/hello.js', 'dear', '--run')

    expect(output).toMatch(/^setup: installing.*\nsetup: generating 2 .*\nsetup: compiling.*\nhello dear --run\n$/)
    expect(code).toBe(0)
    expect(clone.calls()).toEqual(EVERYTHING)
  })

  it('does nothing and says nothing the second time', async () => {
    await clone.setup()
    clone.calls()

    expect(await clone.setup()).toEqual({ code: 0, output: '' })
    expect(clone.calls()).toEqual([])
  })

  it('does again only what changed', async () => {
    await clone.setup()
    clone.calls()

    clone.write('prisma/payment/schema.prisma', 'model Payment { id Int }')
    await clone.setup()

    expect(clone.calls()).toEqual(['compile', 'generate prisma/payment/schema.prisma'])
  })

  it.each([
    ['node_modules', []], // what it brought is the same, so what was made with it still holds
    ['prisma/order/client', ['compile', 'generate prisma/order/schema.prisma']],
    ['dist', ['compile']],
  ])('makes %s again when it was deleted', async (folder, calls) => {
    await clone.setup()
    clone.calls()

    rmSync(path(folder), { recursive: true })
    await clone.setup()

    expect(clone.calls()).toEqual(calls)
    expect(existsSync(path(folder))).toBe(true)
  })

  it('does not install again what a person has just installed with npm', async () => {
    await clone.setup()
    rmSync(path('node_modules/.orderline-setup'))

    const { output } = await clone.setup()

    expect(output).not.toContain('installing')
  })

  it('leaves nothing in dist of a source that was renamed', async () => {
    clone.write('shared/other.ts', 'export {}')
    await clone.setup()

    renameSync(path('shared/other.ts'), path('shared/another.ts'))
    await clone.setup()

    expect(existsSync(path('dist/shared/other.js'))).toBe(false)
    expect(existsSync(path('dist/shared/another.js'))).toBe(true)
  })

  it('stops at a type error, with its message, every time until it is mended', async () => {
    clone.write('shared/wrong.ts', 'TYPE ERROR')

    const attempts = [await clone.setup('--run', 'dist/shared/hello.js'), await clone.setup()]

    for (const { code, output } of attempts) {
      expect(code).toBe(1)
      expect(output).toContain('shared/wrong.ts(1,1): error TS2322')
      expect(output).not.toContain('hello')
    }
  })

  it('does the work once when several ask for it at the same time', async () => {
    const all = await Promise.all([clone.setup(), clone.setup(), clone.setup()])

    expect(all.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(clone.calls()).toEqual(EVERYTHING)
  })

  it('is not held up by the lock of a set-up that was killed', async () => {
    clone.write('dist/.setup.lock', '4194305') // above the highest pid there can be

    expect((await clone.setup()).code).toBe(0)
  })
})
