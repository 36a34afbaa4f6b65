import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { AppendLog } from '../../simulators/append-log.ts'

let folder: string
let file: FileHandle
let log: AppendLog

const lines = async () => (await readFile(join(folder, 'log.jsonl'), 'utf8')).split('\n')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'append-log-'))
  file = await open(join(folder, 'log.jsonl'), 'a+')
  log = new AppendLog(file, 0)
})

afterEach(async () => {
  await log.close()
  await rm(folder, { recursive: true })
})

describe('an append-only log', () => {
  it('records that arrive together share their fsyncs, and each is found at its place', async () => {
    const sync = file.datasync.bind(file)
    let syncs = 0
    file.datasync = () => sync().finally(() => syncs++)

    const places = await Promise.all(Array.from({ length: 500 }, (_, i) => log.append({ i, word: 'ä' })))

    expect(syncs).toBeLessThan(5)
    expect(await Promise.all(places.map((place) => log.read(place)))).toMatchObject(places.map((_, i) => ({ i })))
  })

  it('no record is confirmed before the fsync that covers it has returned', async () => {
    const sync = file.datasync.bind(file)
    let synced = false
    file.datasync = () => sync().finally(() => (synced = true))

    await log.append({ a: 1 })

    expect(synced).toBe(true)
  })

  it('a write that failed half way is refused and cut off before the next one', async () => {
    const write = file.appendFile.bind(file)
    file.appendFile = async () => {
      await write('{"half":')
      throw new Error('the disk is full')
    }
    await expect(log.append({ half: true })).rejects.toThrow('the disk is full')
    file.appendFile = write

    const place = await log.append({ whole: true })

    expect(await lines()).toEqual(['{"whole":true}', ''])
    expect(await log.read(place)).toEqual({ whole: true })
  })

  it('what was appended before a clear is gone, what comes after stays', async () => {
    await Promise.all([log.append({ old: 1 }), log.clear(), log.append({ old: 2 })])
    await log.clear()
    await log.append({ new: 1 })

    expect(await lines()).toEqual(['{"new":1}', ''])
  })

  it('records too large for one group are all written, in order', async () => {
    const word = 'x'.repeat(1_500_000)

    await Promise.all([1, 2, 3, 4, 5].map((i) => log.append({ i, word })))

    expect((await lines()).map((line) => line && JSON.parse(line).i)).toEqual([1, 2, 3, 4, 5, ''])
  })
})
