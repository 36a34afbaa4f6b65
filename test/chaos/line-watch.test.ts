import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { watchLines } from '../../chaos/line-watch.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-lines-'))
  path = join(folder, 'lines.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file of lines that is watched', () => {
  it('tells each line once, when it is whole; and none before there is a file', () => {
    const news = watchLines(path, z.object({ n: z.int() }))
    expect(news()).toEqual([])

    appendFileSync(path, '{"n":1}\n{"n":')
    expect(news()).toEqual([{ n: 1 }])
    expect(news()).toEqual([])

    appendFileSync(path, '2}\n')
    expect(news()).toEqual([{ n: 2 }])
  })

  it('is read anew where lines were taken back that had been told', () => {
    const news = watchLines(path, z.object({ n: z.int() }))
    appendFileSync(path, '{"n":1}\n{"n":20000}\n')
    expect(news()).toHaveLength(2)

    writeFileSync(path, '{"n":1}\n{"n":3333333333}\n')
    news()
    expect(news()).toEqual([{ n: 1 }, { n: 3_333_333_333 }])
  })
})
