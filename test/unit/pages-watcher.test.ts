import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { openAcceptedList } from '../../services/order/pages/watcher/accepted-list.ts'
import { remember } from '../../services/order/pages/watcher/remember.ts'

describe('the list of accepted orders', () => {
  it('keeps the newest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-accepted-'))
    const path = join(folder, 'demo-accepted.txt')
    const note = await openAcceptedList(path, 3)
    for (const id of ['a', 'b', 'c', 'd', 'e']) await note(id)

    const again = await openAcceptedList(path, 3)
    await again('f')

    expect(readFileSync(path, 'utf8')).toBe('c\nd\ne\nf\n')
    rmSync(folder, { recursive: true })
  })
})

describe('what is remembered', () => {
  it('is there at once, and asked for again only when it is old', async () => {
    let asked = 0
    const read = remember(60_000, async () => ++asked)

    const first = read()
    await delay(1)

    expect([first, read(), read()]).toEqual([null, 1, 1])
  })

  it('never asks twice at a time, and is nothing when the one who is asked has gone', async () => {
    let asked = 0
    const read = remember(0, async () => {
      asked++
      await delay(20)
      if (asked > 1) throw new Error('gone')
      return asked
    })

    read()
    read()
    await delay(30)
    expect([asked, read()]).toEqual([1, 1])

    await delay(30)
    expect(read()).toBeNull()
  })
})
