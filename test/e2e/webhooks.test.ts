import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { audit } from '../../audit/audit.ts'
import { Shop } from '../shop.ts'
import { until } from '../until.ts'
import { Receiver } from '../webhook-rig.ts'

let shop: Shop
let dead: Receiver
let well: Receiver
beforeAll(async () => {
  ;[dead, well] = await Promise.all([new Receiver().open(), new Receiver().open()])
  shop = await Shop.open({ WITHOUT: 'accounts,sale,live,logs', WEBHOOK_NETWORKS: 'loopback' })
}, 60_000)
afterAll(async () => {
  await shop.close()
  await Promise.all([dead.close(), well.close()])
})

const PER_ORDER = ['orderline.order.placed', 'orderline.stock.reserved', 'orderline.payment.captured']

describe('a subscriber of the whole shop', () => {
  it('is told of every step of every order, once, while another one is dead', async () => {
    dead.answer = () => null
    for (const receiver of [dead, well]) {
      const answer = await until(async () => {
        const body = await shop.admin<{ secret?: string }>('webhooks', { url: receiver.url })
        return body.secret !== undefined && body
      })
      receiver.secret = answer.secret ?? ''
    }

    const ids = await shop.placeMany(50)

    await shop.reaches('paid', ...ids)
    await until(() => well.taken.length === 150, { timeoutMs: 30_000, what: 'all to be told' })
    for (const id of ids) {
      const types = well.taken.filter(({ subject }) => subject === id).map(({ type }) => type)
      expect(new Set(types)).toEqual(new Set(PER_ORDER))
    }
  }, 90_000)

  it('loses nothing when the service is killed over and over: at most, the same is told again', async () => {
    const before = new Set(well.idsTaken())
    const placing = shop.placeMany(200)
    for (let n = 0; n < 4; n++) {
      const taken = well.taken.length
      await until(() => well.taken.length > taken + 20, { timeoutMs: 30_000, what: 'the next to be told' })
      const { length } = shop.facts.filter(({ msg, name }) => msg === 'process.back' && name === 'webhooks')
      shop.kill('services/webhooks')
      await until(
        () => shop.facts.filter(({ msg, name }) => msg === 'process.back' && name === 'webhooks').length > length,
        { timeoutMs: 30_000, what: 'it to be back' },
      )
    }
    const ids = await placing

    await shop.reaches('paid', ...ids)
    await until(() => new Set(well.idsTaken()).size === before.size + 600, {
      timeoutMs: 60_000,
      what: 'all to be told',
    })
    const about = new Set(well.taken.map(({ subject, type }) => `${subject} ${type}`))
    for (const id of ids) for (const type of PER_ORDER) expect(about).toContain(`${id} ${type}`)
  }, 180_000)

  it('is in the auditor’s books', async () => {
    const { findings, figures } = audit(shop.dataDir)
    expect(findings).toEqual([])
    expect(figures.webhooks).toMatchObject({ subscriptions: 2 })
    expect(figures.webhooks.taken).toBeGreaterThanOrEqual(750)
  })
})
