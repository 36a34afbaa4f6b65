import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLogTail } from '../../services/control/room/log-tail.ts'

const line = (service: string, msg: string) => JSON.stringify({ level: 30, time: 1, service, msg })
const lines = (count: number, service: string) => Array.from({ length: count }, (_, i) => line(service, `fact ${i}`))
const told = (parts: string[]): { lines: string[]; skipped: number } => JSON.parse(`{${parts}}`).log

describe('the log in a control room', () => {
  let folder: string
  let path: string
  const write = (...more: string[]) => appendFileSync(path, `${more.join('\n')}\n`)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-log-'))
    path = join(folder, 'logs', 'orderline.log')
    mkdirSync(join(folder, 'logs'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is what came since the last look, and says how much of it nobody could have read', async () => {
    const tail = createLogTail(folder)
    write(line('order', 'before'))
    await tail.more()

    write(...lines(1_000, 'payment'))
    const news = told(tail.newsIn(await tail.more(), ''))

    expect(news.lines.at(-1)).toBe(line('payment', 'fact 999'))
    expect(news.lines.length + news.skipped).toBe(1_000)
    expect(tail.newsIn(await tail.more(), '')).toEqual([])
  })

  it('misses nothing once it is narrowed', async () => {
    const tail = createLogTail(folder)
    await tail.more()

    write(...lines(5_000, 'payment'), ...lines(200, 'order'), ...lines(5_000, 'payment'))

    expect(told(tail.newsIn(await tail.more(), '"order"'))).toEqual({ lines: lines(200, 'order'), skipped: 0 })
    expect(told(await tail.before('"order"'))).toEqual({ lines: lines(200, 'order'), skipped: 0 })
  })

  it('goes on in the next file when the log is put aside', async () => {
    const tail = createLogTail(folder)
    write('first')
    await tail.more()

    write('last of the old')
    renameSync(path, `${path}.1`)
    write('first of the new')

    expect(await tail.more()).toEqual(['last of the old', 'first of the new'])
  })

  it('waits for the end of a line', async () => {
    const tail = createLogTail(folder)
    write('whole')
    appendFileSync(path, 'ha')
    expect(await tail.more()).toEqual(['whole'])

    write('lf')

    expect(await tail.more()).toEqual(['half'])
  })

  it('knows what each service has said last', async () => {
    const tail = createLogTail(folder)

    write(...lines(3, 'payment'), line('order', 'ready'), 'not JSON', '{"service":"order", cut')
    await tail.more()
    write(line('payment', 'stopped'))
    await tail.more()

    expect(tail.lastFacts()).toMatchObject({ payment: { msg: 'stopped' }, order: { msg: 'ready' } })
  })

  it('is empty where there is none', async () => {
    const tail = createLogTail(join(folder, 'elsewhere'))

    expect(await tail.more()).toEqual([])
    expect(told(await tail.before(''))).toEqual({ lines: [], skipped: 0 })
  })
})
