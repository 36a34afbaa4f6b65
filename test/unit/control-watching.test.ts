import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { z } from 'zod'
import { openAcceptedList } from '../../services/control/demo/accepted-list.ts'
import { createBurst } from '../../services/control/demo/place-burst.ts'
import { remember } from '../../services/control/room/remember.ts'
import { readConfig } from '../../shared/config.ts'

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
  beforeEach(() => void jest.useFakeTimers())
  afterEach(() => void jest.useRealTimers())
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms)

  it('is there at once, and asked for again only when it is old', async () => {
    let asked = 0
    const read = remember(60_000, async () => ++asked)

    const first = read()
    await pass(1)

    expect([first, read(), read()]).toEqual([null, 1, 1])
  })

  it('never asks twice at a time, and is nothing when the one who is asked has gone', async () => {
    let asked = 0
    const read = remember(0, async () => {
      asked++
      await new Promise((answer) => setTimeout(answer, 20))
      if (asked > 1) throw new Error('gone')
      return asked
    })

    read()
    read()
    await pass(30)
    expect([asked, read()]).toEqual([1, 1])

    await pass(30)
    expect(read()).toBeNull()
  })

  it('is nothing when nobody has looked for long', async () => {
    let asked = 0
    const read = remember(0, async () => ++asked, 20)
    read()
    await pass(1)
    expect(read()).toBe(1)

    await pass(40)

    expect(read()).toBeNull()
    await pass(1)
    expect(read()).toBe(3)
  })

  it('is asked for again after it could not even be asked for', async () => {
    let asked = 0
    const read = remember(0, () => {
      if (asked++ === 0) throw new Error('not yet')
      return Promise.resolve('there')
    })

    read()
    await pass(1)
    read()
    await pass(1)

    expect(read()).toBe('there')
  })
})

describe('a burst of orders', () => {
  it('is over, too, when what was accepted could not be written down', async () => {
    const shop = createServer((_req, res) => res.writeHead(201).end('{"id":"o-1"}')).listen(0, '127.0.0.1')
    await once(shop, 'listening')
    const { port } = z.object({ port: z.number() }).parse(shop.address())
    const burst = createBurst(
      readConfig({ ORDER_URL: `http://127.0.0.1:${port}`, DATA_DIR: join(tmpdir(), 'orderline-no-such-folder') }),
    )

    await expect(burst.place(3)).rejects.toThrow('ENOENT')

    expect(burst.progress()).toMatchObject({ isOver: true })
    shop.close()
    shop.closeAllConnections() // those who placed keep theirs open
  })
})
