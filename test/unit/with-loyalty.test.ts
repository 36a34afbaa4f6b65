import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { routesDiff } from '../../services/control/tour/bus/diff.ts'
import { guestFlagIn, guestFolderIn, hasGuest } from '../../shared/guest.ts'
import { routes } from '../../shared/routes.ts'
import { doctored, isChanged } from '../../simulators/with-loyalty/doctor.ts'

const AT = '/shop/dist/shared/routes.js'
const compiled = readFileSync('dist/shared/routes.js', 'utf8')
type Table = Pick<typeof import('../../shared/routes.ts'), 'routes' | 'services' | 'isReader'>
const load = (code: string): Promise<Table> => import(`data:text/javascript,${encodeURIComponent(code)}`)

describe('the table with the guest', () => {
  it('is the one that the example writes: two events more, one service, which only reads', async () => {
    const table = await load(doctored(AT, compiled, true))

    const heard = ['payment.captured', 'payment.refunded'] as const
    const wanted = Object.fromEntries(heard.map((name) => [name, [...routes[name], 'loyalty']]))
    expect(table.routes).toEqual({ ...routes, ...wanted })
    expect(table.services.at(-1)).toBe('loyalty')
    expect(table.isReader(table.services.at(-1) ?? 'order')).toBe(true)
  })

  it('has its list and nothing else while it is away: a sender can still deliver what is left for it', async () => {
    const table = await load(doctored(AT, compiled, false))

    expect(table.routes).toEqual(routes)
    expect(table.services.at(-1)).toBe('loyalty')
    expect(isChanged('/shop/dist/shared/store/migrations.js', false)).toBe(false)
  })

  it('is left alone where somebody has added it for good', () => {
    const added = doctored(AT, compiled, true)

    expect([doctored(AT, added, true), doctored(AT, added, false)]).toEqual([added, added])
  })

  it('is told on the page by the line of the source, with one word more', () => {
    const [{ file, line, before, after } = { file: '', line: 0, before: '', after: '' }] = routesDiff()

    expect(readFileSync(file, 'utf8').split('\n')[line - 1]).toBe(before)
    expect(after).toBe(before.replace(']', ", 'loyalty']"))
  })

  it('changes what it knows where, and says so where that is gone', () => {
    const store = readFileSync('dist/shared/store/migrations.js', 'utf8')
    const books = readFileSync('examples/loyalty/services/loyalty/db.ts', 'utf8')
    const awards = readFileSync('examples/loyalty/services/loyalty/award-points.ts', 'utf8')

    expect(doctored('/shop/dist/shared/store/migrations.js', store, true)).toContain('examples/loyalty/prisma')
    expect(doctored('/shop/examples/loyalty/services/loyalty/db.ts', books, true)).toContain("place + '/tour'")
    expect(doctored('/shop/examples/loyalty/services/loyalty/award-points.ts', awards, true)).toContain(
      'failAtEachThird',
    )
    expect(isChanged('/shop/dist/shared/handler.js', true)).toBe(false)
    expect(() => doctored(AT, 'export const routes = {}', true)).toThrow('has no')
  })
})

describe('a guest', () => {
  it('is there for the programs of one launcher alone: a crash leaves none behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-guest-'))
    expect(hasGuest(folder, 7)).toBe(false)

    mkdirSync(guestFolderIn(folder))
    writeFileSync(guestFlagIn(folder), '7')

    expect([hasGuest(folder, 7), hasGuest(folder, 8)]).toEqual([true, false])
    rmSync(folder, { recursive: true })
  })
})
