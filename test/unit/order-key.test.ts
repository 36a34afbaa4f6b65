import { beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { createOrderKeys } from '../../shared/order-key.ts'
import { beginSession, cookieOf } from '../../shared/web/admin-session.ts'
import { useMailbox } from '../mailbox-rig.ts'
import { keyOf, ORDER_KEY_SECRET, withKey } from '../order-key.ts'
import { problemOf, TOKEN, useOrders } from '../order-rig.ts'

const env: Record<string, string> = {}
const mailbox = useMailbox()
beforeEach(() => {
  env.MAILBOX_URL = mailbox.url
})
const orders = useOrders(env)

const placed = z.object({ id: z.string(), key: z.string() })

/** Everything that is served about one order. */
const doors: [what: string, method: string, path: string][] = [
  ['reading it', 'GET', ''],
  ['asking whether it is there', 'HEAD', ''],
  ['following it', 'GET', '/events'],
  ['asking whether it can be followed', 'HEAD', '/events'],
  ['reading its mails', 'GET', '/mails'],
  ['cancelling it', 'POST', '/cancel'],
]

/** Asks for something about an order, and does not wait for a stream to end. */
async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  const controller = new AbortController()
  const answer = await fetch(`${orders.url}/api/orders/${path}`, { method, headers, signal: controller.signal })
  const isStream = answer.headers.get('content-type') === 'text/event-stream'
  const said = isStream ? '' : await answer.text()
  controller.abort()
  const { date: _, ...told } = Object.fromEntries(answer.headers)
  return { status: answer.status, said, headers: told }
}

const admin = { authorization: `Bearer ${TOKEN}` }
const session = () => {
  const [name, value] = cookieOf(beginSession(Date.now()), TOKEN, false)
  return { cookie: `${name}=${value}`, 'sec-fetch-site': 'same-origin' }
}

describe.each(doors)('%s', (_what, method, path) => {
  it('is for whoever has its key', async () => {
    const id = await orders.place()
    expect((await ask(method, id + path, withKey(id))).status).toBe(200)
  })

  it('is for the admin, by token and by session', async () => {
    for (const headers of [admin, session()])
      expect((await ask(method, (await orders.place()) + path, headers)).status).toBe(200)
  })

  it('is answered to all others as if there were no such order, to the letter', async () => {
    const [id, other] = [await orders.place(), await orders.place()]
    const unknown = await ask(method, `${'0'.repeat(id.length)}${path}`, withKey('0'.repeat(id.length)))
    expect(unknown.status).toBe(404)

    const wrong = ['', id, keyOf(other), keyOf(id).slice(0, -1), `${keyOf(id)}A`, 'ä'.repeat(11), keyOf(id, 'x')]
    const strangers: Record<string, string>[] = [
      {},
      ...wrong.map((key) => ({ 'order-key': key })),
      { cookie: `key=${keyOf(id)}` },
    ]
    for (const headers of strangers) expect(await ask(method, id + path, headers)).toEqual(unknown)
    expect((await orders.story(id)).state).toBe('placed')
  })

  it('needs the key of the order, whatever else it is called', async () => {
    const { number, id } = await orders.story(await orders.place())

    for (const headers of [{}, withKey(id), withKey(String(number))])
      expect((await ask(method, number + path, headers)).status).toBe(404)
    expect((await ask(method, number + path, admin)).status).toBe(200)
  })
})

describe('a key', () => {
  it('is told to whoever places the order, again when they ask again, and nowhere else', async () => {
    const answers = [
      await orders.order({}, { 'idempotency-key': 'k' }),
      await orders.order({}, { 'idempotency-key': 'k' }),
    ]
    const [first, again] = await Promise.all(answers.map(async (answer) => placed.parse(await answer.json())))

    expect(again).toEqual(first)
    expect(first?.key).toBe(keyOf(first?.id ?? ''))
    const told = [await ask('GET', first?.id ?? '', admin), await ask('GET', '../admin/orders', admin)]
    expect(JSON.stringify(told)).not.toContain(first?.key)
  })

  it('opens the order after a restart, too, and no more under another secret', async () => {
    const id = await orders.place()
    await orders.shutDown()
    await orders.boot()
    expect((await ask('GET', id, withKey(id))).status).toBe(200)

    await orders.shutDown()
    await orders.boot({ ORDER_KEY_SECRET: 'another secret that is long enough' })
    expect((await ask('GET', id, withKey(id))).status).toBe(404)
  })

  it('of the admin’s session is of no use to pages of others', async () => {
    const id = await orders.place()
    const forged = { ...session(), 'sec-fetch-site': 'cross-site' }

    expect(await problemOf(await orders.post(`/api/orders/${id}/cancel`, undefined, forged))).toMatchObject({
      status: 403,
    })
    expect((await orders.story(id)).state).toBe('placed')
  })

  it('is another one for each order, and none of them is the alias', () => {
    const keys = createOrderKeys(ORDER_KEY_SECRET)
    const ids = Array.from({ length: 100 }, (_, i) => `o-${i}`)
    const made = ids.flatMap((id) => [keys.keyOf(id), keys.aliasOf(id)])

    expect(new Set(made).size).toBe(200)
    for (const name of made) expect(name).toMatch(/^[\w-]{22}$/)
    expect(ids.every((id) => keys.opens(id, keys.keyOf(id)) && !keys.opens(id, keys.aliasOf(id)))).toBe(true)
  })

  it('cannot be made without a secret, and that is told', () => {
    expect(() => createOrderKeys(undefined)).toThrow('ORDER_KEY_SECRET: is missing')
  })
})
