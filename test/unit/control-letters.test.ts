import { describe, expect, it } from '@jest/globals'
import { deadLetters } from '../../services/control/queues/dead-letter.ts'
import { queueKey } from '../../shared/keys.ts'
import { useControl } from '../control-rig.ts'
import { problemOf, results } from '../order-rig.ts'
import { until } from '../until.ts'

const control = useControl()
const letters = async (query = '') =>
  deadLetters.parse(await (await control.admin(`dead-letters${query}`)).json()).deadLetters

/** An order whose capture cannot be handled: it names no charge. Returns its id and that of its letter. */
async function giveUp(): Promise<{ order: string; id: string; body: string }> {
  const order = await control.orders.place()
  const data = { ...results.captured(order).data, chargeId: undefined }
  const message = { ...results.captured(order), id: 'm-1', at: 1_790_000_000_000, stamp: 1, attempt: 1, data }
  await control.redis.client.lpush(queueKey('order'), JSON.stringify(message))
  const [letter] = await until(async () => (await letters()).length === 1 && letters())
  return { order, id: letter?.id ?? '', body: letter?.body ?? '' }
}

describe('a dead letter', () => {
  it('is edited and takes effect; what it was, by whom and why stays on record', async () => {
    const { order, id, body } = await giveUp()
    const mended = { ...JSON.parse(body), data: results.captured(order).data }

    const sent = await control.adminPost(`dead-letters/order/${id}/retry`, {
      body: JSON.stringify(mended),
      reason: 'no id',
    })

    expect(await sent.json()).toMatchObject({ queue: 'order', messageId: expect.stringMatching(/-7/) })
    await until(async () => (await control.orders.story(order)).state === 'paid')
    expect(await letters()).toEqual([])
    expect(await letters('?state=closed')).toMatchObject([
      { id, body, closed: { how: 'edited', by: 'token', why: 'no id', sent: JSON.stringify(mended) } },
    ])
  })

  it.each([
    ['body', '{'],
    ['body.name', JSON.stringify({ name: 'order.placed', subject: 's', at: 1, data: {} })],
    [
      'body.data.chargeId',
      JSON.stringify({
        name: 'payment.captured',
        subject: 's',
        at: 1,
        data: { number: 'OL-1', totalCents: 1, currency: 'EUR' },
      }),
    ],
  ])('is not edited into what is wrong in %s', async (field, body) => {
    const { id } = await giveUp()

    const refused = await control.adminPost(`dead-letters/order/${id}/retry`, { body, reason: 'why not' })

    expect(await problemOf(refused)).toMatchObject({ status: 422, fields: [field] })
    expect(await letters()).toHaveLength(1)
  })

  it('is deleted with a reason that stays, and cannot be dealt with twice', async () => {
    const { id, body } = await giveUp()
    const path = `dead-letters/order/${id}`

    expect(await problemOf(await control.adminPost(`${path}/discard`, { reason: ' ' }))).toMatchObject({
      fields: ['reason'],
    })
    expect((await control.adminPost(`${path}/discard`, { reason: 'of a test' })).status).toBe(200)

    expect((await control.adminPost(`${path}/discard`, { reason: 'again' })).status).toBe(404)
    expect((await control.adminPost(`${path}/retry`, { body: '{', reason: 'x' })).status).toBe(422)
    expect((await control.adminPost('dead-letters/order/nothing/retry', { body, reason: 'x' })).status).toBe(404)
    expect(await letters('?state=closed')).toMatchObject([
      { id, canReplay: false, closed: { how: 'discarded', by: 'token', why: 'of a test', sent: null } },
    ])
  })

  it('is in the table, and no name of a customer is a formula there', async () => {
    await control.redis.client.lpush(queueKey('order'), '=cmd|calc')
    await until(async () => (await letters()).length === 1)

    const table = await control.admin('dead-letters?format=csv')

    expect(table.headers.get('content-disposition')).toContain('dead-letters.csv')
    expect(await table.text()).toContain(",'=cmd|calc\r\n")
  })

  it('is dealt with by the admin alone', async () => {
    for (const deed of ['retry', 'discard'])
      expect(
        (await control.post(`/api/admin/dead-letters/order/m-1/${deed}`, { body: '{}', reason: 'x' })).status,
      ).toBe(401)
  })
})
