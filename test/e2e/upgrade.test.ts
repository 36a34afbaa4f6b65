import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { useRedis } from '../redis-server.ts'
import { Shop } from '../shop.ts'
import { until } from '../until.ts'

// A shop of the version before events were kept. Three orders were paid; then payment, inventory and notification were frozen
// one after the other while more were placed and two cancelled, and all was killed.
const BEFORE = 'test/fixtures/before-event-store'
const read = (file: string) => JSON.parse(readFileSync(join(BEFORE, file), 'utf8'))
const ids: Record<'paid' | 'reserved' | 'placed' | 'cancelled', string[]> = read('ids.json')
const lists: Record<string, string[]> = read('lists.json') // as LRANGE tells them, the newest first

const redis = useRedis()
let dataDir: string
let shop: Shop
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'orderline-upgrade-'))
  for (const file of ['mailbox.jsonl', 'payment-ledger.jsonl']) copyFileSync(join(BEFORE, file), join(dataDir, file))
})
afterEach(async () => {
  await shop.close()
})

/** Makes the files of the shop, each line of them as `change` has it. */
function fill(change = (line: string) => line): void {
  for (const service of ['order', 'inventory', 'payment', 'notification']) {
    const lines = readFileSync(join(BEFORE, `${service}.sql`), 'utf8').split('\n')
    const file = new Sqlite(join(dataDir, `${service}.db`))
    file.exec(lines.map(change).join('\n'))
    file.close()
  }
}

describe('a shop that was stopped in the middle of orders', () => {
  it.each([
    ['with what was in its lists', true],
    ['and whose Redis has forgotten everything', false],
  ])('goes on after the upgrade, %s', async (_how, isKept) => {
    fill()
    if (isKept)
      for (const [key, elements] of Object.entries(lists))
        await redis.client.rpush(key.replace(/^test:/, ''), ...elements)
    shop = await Shop.open({ DATA_DIR: dataDir, REDIS_URL: redis.url })

    await shop.reaches('paid', ...ids.paid, ...ids.reserved, ...ids.placed)
    const ends = ['cancelled', 'refunded'] // whether the money or the cancel came first
    await until(async () => (await Promise.all(ids.cancelled.map(shop.stateOf))).every((state) => ends.includes(state)))
    await until(async () => (await shop.mails(ids.placed[0] ?? '')).length === 2)
    const charges = (await shop.ledger()).filter(({ kind }) => kind === 'charge').map(({ orderId }) => orderId)
    expect(new Set(charges).size).toBe(charges.length)
    expect(charges).toEqual(expect.arrayContaining([...ids.paid, ...ids.reserved, ...ids.placed]))
    await until(() => audit().includes('All is well'), { everyMs: 500, what: 'all to be well and at rest' })
  })

  it('takes no other card for one that came with a bad one: it expires at once, and its stock comes back', async () => {
    const [bad = ''] = ids.reserved
    const isItsCharge = (line: string) => line.includes(bad) && line.includes('stock.reserved')
    fill((line) => (isItsCharge(line) ? line.replace('pm_card_visa', 'pm_card_chargeDeclined') : line))
    shop = await Shop.open({ DATA_DIR: dataDir, REDIS_URL: redis.url })

    await shop.reaches('expired', bad)

    const events = async () => (await shop.order(bad)).timeline.map(({ event }) => event)
    await until(async () => (await events()).includes('stock.released'))
    expect(await events()).toEqual([
      ...['order.placed', 'stock.reserved', 'payment.declined', 'order.expired', 'stock.released'],
    ])
    expect((await shop.pay(bad)).status).toBe(409)
    await until(() => audit().includes('All is well'), { everyMs: 500, what: 'all to be well and at rest' })
  })
})

function audit(): string {
  const env = { ...process.env, DATA_DIR: dataDir }
  const { stdout, stderr } = spawnSync(process.execPath, ['dist/audit/main.js', '--at-rest'], { env })
  return `${stdout}${stderr}`
}
