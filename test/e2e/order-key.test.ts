import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { ORDERS_ALONE, Shop } from '../shop.ts'
import { until } from '../until.ts'

const placed = z.object({ id: z.string(), number: z.string(), key: z.string() })
const listing = z.object({ messages: z.array(z.object({ id: z.string() })) })
const mail = z.object({ headers: z.record(z.string(), z.string()), text: z.string(), html: z.string() })

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open({ ...ORDERS_ALONE, ORDER_KEY_SECRET: '' }) // the launcher makes one
})
afterAll(() => shop.close())

const place = async () => placed.parse(await (await shop.post()).json())
const statusOf = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(shop.urlOf('order') + path, { headers })).status

/** The mails about an order, as its customer has them. */
async function mailsOf(number: string) {
  const url = `${shop.urlOf('mailbox')}/messages`
  const { messages } = listing.parse(await (await fetch(`${url}?orderNumber=${number}`)).json())
  return Promise.all(messages.map(async ({ id }) => mail.parse(await (await fetch(`${url}/${id}`)).json())))
}

describe('the key of an order', () => {
  it('comes with every mail, in the link that leads to the order, and no header tells of the order', async () => {
    const { id, number, key } = await place()
    await until(async () => (await mailsOf(number)).length === 2, { what: 'both mails' })

    for (const { text, html, headers } of await mailsOf(number)) {
      const [link = ''] = /\S+\/orders\/\S+/.exec(text) ?? []
      expect(link).toBe(`${shop.fact('launcher', 'launcher.ready')?.url}/orders/${id}#${key}`)
      expect(html).toContain(`href="${link}"`)
      for (const secret of [id, key]) expect(JSON.stringify(headers)).not.toContain(secret)
      const { pathname, hash } = new URL(link)
      expect(await statusOf(pathname)).toBe(200)
      expect(await statusOf(`/api${pathname}`, { 'order-key': hash.slice(1) })).toBe(200)
      expect(await statusOf(`/api${pathname}`)).toBe(404)
    }
  })

  it('opens it after the shop was started again, and stands in no log', async () => {
    const { id, key } = await place()
    await shop.end()
    const lines = JSON.stringify(shop.facts)

    await shop.start()

    expect(await statusOf(`/api/orders/${id}`, { 'order-key': key })).toBe(200)
    expect(lines).toContain(id)
    expect(lines).not.toContain(key)
  })
})
