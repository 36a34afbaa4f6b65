import { beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { sessionOf, withSession } from '../customer-session.ts'
import { useMailbox } from '../mailbox-rig.ts'
import { keyOf, withKey } from '../order-key.ts'
import { problemOf, TOKEN, useOrders } from '../order-rig.ts'

const env: Record<string, string> = {}
const mailbox = useMailbox()
beforeEach(() => {
  env.MAILBOX_URL = mailbox.url
})
const orders = useOrders(env)

const [ada, eve] = [uuidv7(), uuidv7()]
const as = (account: string) => withSession(sessionOf(account))
const documented = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

/** Every door of one order, as the document of the API has them: a new one is walked through, too. */
async function doorsOfOrder(): Promise<{ method: string; path: string }[]> {
  const { paths } = documented.parse(await (await orders.get('/openapi.json')).json())
  const ofOrder = Object.entries(paths).filter(([path]) => path.startsWith('/api/orders/{id}'))
  return ofOrder.flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method, path })))
}

/** Knocks at a door, and does not wait for a stream to end. */
async function knock({ method, path }: { method: string; path: string }, id: string, headers: Record<string, string>) {
  const stopping = new AbortController()
  const body = method === 'post' ? { body: JSON.stringify({ method: 'pm_card_visa' }) } : {}
  const answer = await fetch(orders.url + path.replace('{id}', id), {
    ...{ method: method.toUpperCase(), signal: stopping.signal, ...body },
    headers: { 'content-type': 'application/json', ...headers },
  })
  const said = answer.headers.get('content-type')?.startsWith('text/event-stream') ? '' : await answer.text()
  stopping.abort()
  return { status: answer.status, said }
}

async function placedBy(headers: Record<string, string> = {}): Promise<string> {
  return z.object({ id: z.string() }).parse(await (await orders.order({}, headers)).json()).id
}

describe('every door of an order', () => {
  it('is known here: reading, following, paying, cancelling, its mails', async () => {
    expect(
      (await doorsOfOrder()).map(({ method, path }) => `${method} ${path.slice('/api/orders/{id}'.length)}`),
    ).toEqual(expect.arrayContaining(['get ', 'get /events', 'post /pay', 'post /cancel', 'get /mails']))
  })

  it('is shut to all others, in the words for an order that does not exist', async () => {
    const [hers, anothers, guests] = [await placedBy(as(ada)), await placedBy(as(eve)), await placedBy()]
    const unknown = uuidv7()
    const strangers: Record<string, string>[] = [
      {},
      as(eve),
      withKey(anothers),
      withKey(guests),
      { ...as(eve), ...withKey(anothers) },
      { ...as(eve), ...withKey(guests) },
      withSession(sessionOf(ada, { until: Date.now() - 1 })),
      withSession(sessionOf(ada), 'a secret of another shop, and long enough'),
      { cookie: as(ada).cookie.replace(ada, ada.toUpperCase()) },
      { authorization: `Bearer ${hers}` },
    ]

    for (const door of await doorsOfOrder()) {
      const nowhere = await knock(door, unknown, {})
      expect([door, nowhere.status]).toEqual([door, 404])
      for (const headers of strangers)
        expect([door, headers, await knock(door, hers, headers)]).toEqual([door, headers, nowhere])
      for (const headers of [as(ada), as(eve)]) {
        expect([door, headers, await knock(door, guests, headers)]).toEqual([door, headers, nowhere])
        expect([door, headers, await knock(door, unknown, headers)]).toEqual([door, headers, nowhere])
      }
    }
    expect((await orders.story(hers)).state).toBe('placed')
  })

  it('is open to whoever has its key, whoever it belongs to, and the admin', async () => {
    for (const door of await doorsOfOrder())
      for (const headersOf of [withKey, () => as(ada), () => ({ authorization: `Bearer ${TOKEN}` })]) {
        const id = await placedBy(as(ada))
        const { status } = await knock(door, id, headersOf(id))
        expect([door, status]).toEqual([door, door.path.endsWith('/pay') ? 409 : 200]) // its goods are not set aside yet
      }
  })

  it('tells the admin alone that money may be given back', async () => {
    const id = await placedBy(as(ada))
    const shown = z.object({ canRefund: z.boolean() })
    const told = async (headers: Record<string, string>) =>
      shown.parse(await (await orders.get(`/api/orders/${id}`, headers)).json()).canRefund

    expect(await told({ authorization: `Bearer ${TOKEN}` })).toBe(true)
    expect([await told(as(ada)), await told(withKey(id))]).toEqual([false, false])
  })

  it('that changes something is shut to other sites’ pages, though the browser sends the cookie along', async () => {
    const id = await placedBy(as(ada))
    for (const { method, path } of (await doorsOfOrder()).filter((door) => door.method === 'post')) {
      const answer = await orders.post(
        path.replace('{id}', id),
        { method: 'pm_x' },
        { ...as(ada), 'sec-fetch-site': 'cross-site' },
      )
      expect([method, path, (await problemOf(answer)).status]).toEqual([method, path, 403])
    }
    expect((await orders.story(id)).state).toBe('placed')
  })

  it('takes the key of a customer who is signed in as somebody else', async () => {
    const id = await placedBy()
    expect((await orders.get(`/api/orders/${id}`, { ...as(eve), 'order-key': keyOf(id) })).status).toBe(200)
  })

  it('takes the admin who is signed in as a customer, too', async () => {
    const id = await placedBy(as(ada))
    const both = { ...as(eve), authorization: `Bearer ${TOKEN}` }
    expect((await orders.get(`/api/orders/${id}`, both)).status).toBe(200)
  })
})
