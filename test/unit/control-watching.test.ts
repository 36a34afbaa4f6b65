import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
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

  it('is nothing when nobody has looked for long', async () => {
    let asked = 0
    const read = remember(0, async () => ++asked, 20)
    read()
    await delay(1)
    expect(read()).toBe(1)

    await delay(40)

    expect(read()).toBeNull()
    await delay(1)
    expect(read()).toBe(3)
  })

  it('is asked for again after it could not even be asked for', async () => {
    let asked = 0
    const read = remember(0, () => {
      if (asked++ === 0) throw new Error('not yet')
      return Promise.resolve('there')
    })

    read()
    await delay(1)
    read()
    await delay(1)

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
