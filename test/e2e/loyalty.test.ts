import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Shop } from '../shop.ts'
import { until } from '../until.ts'

const NOT_COPIED = /^(\.git|\.node|node_modules|data)$/
const MUG_POINTS = 18 // for a mug of 18.00 EUR

let withLoyalty: string
let dataDir: string
beforeAll(() => {
  withLoyalty = mkdtempSync(join(tmpdir(), 'orderline-loyalty-'))
  dataDir = mkdtempSync(join(tmpdir(), 'orderline-shop-'))
  for (const part of readdirSync('.').filter((name) => !NOT_COPIED.test(name)))
    cpSync(part, join(withLoyalty, basename(part)), { recursive: true })
  symlinkSync(resolve('node_modules'), join(withLoyalty, 'node_modules'))
  run('examples/loyalty/add.mjs')
  run('scripts/setup.mjs', '--for', 'service')
}, 180_000)
afterAll(() => {
  for (const folder of [withLoyalty, dataDir]) rmSync(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: withLoyalty, stdio: 'pipe' })
const open = (folder?: string) => Shop.open({ DATA_DIR: dataDir }, folder)

async function pointsIn(shop: Shop): Promise<unknown> {
  return (await fetch(`${shop.urlOf('loyalty')}/points`)).json()
}

const untilPoints = (shop: Shop, points: object) =>
  until(async () => JSON.stringify(await pointsIn(shop)) === JSON.stringify(points), {
    what: JSON.stringify(points),
    timeoutMs: 60_000, // its history is told first, and this machine has other tests to run
  })

describe('a shop that has been at work, and gets a loyalty service', () => {
  it('sees it hear all that was paid before it came, and then what is paid', async () => {
    const before = await open()
    await before.reaches('paid', ...(await before.placeMany(20)))
    await before.end()

    const shop = await open(withLoyalty)
    await untilPoints(shop, { orders: 20, points: 20 * MUG_POINTS })
    const late = await shop.place()
    await untilPoints(shop, { orders: 21, points: 21 * MUG_POINTS })
    await shop.reaches('paid', late)
    await shop.cancel(late)
    await untilPoints(shop, { orders: 21, points: 20 * MUG_POINTS })
    await shop.end()
  }, 180_000)

  it('tells it everything again when it has lost its database, and no more than that', async () => {
    for (const file of readdirSync(dataDir).filter((name) => name.startsWith('loyalty.db'))) rmSync(join(dataDir, file))

    const shop = await open(withLoyalty)
    await untilPoints(shop, { orders: 21, points: 20 * MUG_POINTS })
    const told = shop.facts.filter(({ msg }) => msg === 'receiver.replaced')
    expect(told).toMatchObject([{ service: 'payment', receiver: 'loyalty', isRebuilt: true }])
    await shop.reaches('paid', await shop.place())
    await untilPoints(shop, { orders: 22, points: 21 * MUG_POINTS })
    await shop.end()
  }, 180_000)
})
