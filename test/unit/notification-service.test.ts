import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { start } from '../../services/notification/main.ts'
import { readConfig } from '../../shared/config.ts'
import type { EventData } from '../../shared/events.ts'
import { queueKey, statusKey } from '../../shared/keys.ts'
import type { EventName } from '../../shared/routes.ts'
import type { Running } from '../../shared/service.ts'
import { call, SECRET } from '../calls.ts'
import { useMailbox } from '../mailbox-rig.ts'
import { ORDER_KEY_SECRET } from '../order-key.ts'
import { PREFIX, useRedis } from '../redis-server.ts'
import { SEAL_SECRET } from '../sms-rig.ts'
import { until } from '../until.ts'

const NUMBER = 'OL-1042'
const MONEY = { totalCents: 1_800, currency: 'EUR' }
const RECEIVED = `We have received your order ${NUMBER}`
const PAID = `Your order ${NUMBER} is paid`

const mailbox = useMailbox()
const redis = useRedis()
let folder: string
let service: Running
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-notification-'))
  service = await startService()
})
afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the notification service', () => {
  it('mails what becomes of an order, and says done only then', async () => {
    const first = await push('order.placed', 'o-1', order('ada@example.com'))
    const second = await push('payment.captured', 'o-1', { number: NUMBER, ...MONEY, chargeId: 'ch_1' })

    await until(async () => (await word(first)) === 'done' && (await word(second)) === 'done')
    expect((await mailbox.subjects(`?orderNumber=${NUMBER}`)).sort()).toEqual([RECEIVED, PAID].sort())
  })

  it('sends one mail however often the message comes', async () => {
    for (let copy = 0; copy < 5; copy++) await push('order.placed', 'o-1', order('ada@example.com'), 'm-1')
    await until(async () => (await word('m-1')) === 'done')
    await redis.client.hdel(statusKey('notification'), 'm-1')
    await push('order.placed', 'o-1', order('ada@example.com'), 'm-1')

    await until(async () => (await word('m-1')) === 'done', { what: 'the word to the late copy' })
    expect(await mailbox.subjects()).toEqual([RECEIVED])
  })

  it('sends what it could not send while the mail server was down, later events first or last', async () => {
    await mailbox.turn({ down: true })
    const ids = [
      await push('payment.captured', 'o-1', { number: NUMBER, ...MONEY, chargeId: 'ch_1' }),
      await push('order.placed', 'o-1', order('ada@example.com')),
    ]
    for (const id of ids) await until(async () => (await word(id))?.startsWith('retrying:3'))

    await mailbox.turn({ down: false })

    for (const id of ids) await until(async () => (await word(id)) === 'done')
    expect((await mailbox.subjects()).sort()).toEqual([RECEIVED, PAID].sort())
  })

  it('puts what can never be sent into the dead letters, with the reason', async () => {
    const id = await push('order.placed', 'o-1', order('nobody at all'))

    await until(async () => (await word(id)) === 'dead')
    const answer = await call(service.url, '/ops/dead-letters')
    expect(await answer.json()).toMatchObject({
      deadLetters: [{ subject: 'o-1', name: 'order.placed', reason: expect.stringMatching(/recipient/) }],
    })
  })

  it('goes on after a restart where it stopped', async () => {
    await mailbox.turn({ down: true })
    const id = await push('order.placed', 'o-1', order('ada@example.com'))
    await until(async () => (await word(id))?.startsWith('retrying:2'))
    await service.stop()
    await mailbox.turn({ down: false })
    service = await startService()

    // Nobody's outbox remembers the first message in this test; its contact is what must not be lost.
    const later = await push('payment.captured', 'o-1', { number: NUMBER, ...MONEY, chargeId: 'ch_1' })

    await until(async () => (await word(later)) === 'done')
    expect(await mailbox.subjects()).toContain(PAID)
  })
})

function startService(): Promise<Running> {
  const environment = {
    REDIS_PREFIX: PREFIX,
    DATA_DIR: folder,
    REDIS_URL: redis.url,
    SMTP_URL: mailbox.smtpUrl,
    ORDER_KEY_SECRET,
    CALL_SECRET: SECRET,
    SEAL_SECRET,
  }
  return start(readConfig({ ...environment, LOG_LEVEL: 'silent' }))
}

let pushed = 0

/** Puts a message into the service's list, as a sender would. Returns its id. */
async function push<E extends EventName>(name: E, orderId: string, data: EventData<E>, id = `m-${++pushed}`) {
  const now = Date.now()
  const message = { id, name, subject: orderId, at: now, stamp: now, attempt: 1, data }
  await redis.client.lpush(queueKey('notification'), JSON.stringify(message))
  return id
}

/** What the service says of a message. */
const word = (id: string) => redis.client.hget(statusKey('notification'), id)

function order(email: string): EventData<'order.placed'> {
  return {
    number: NUMBER,
    ...MONEY,
    paymentMethod: 'pm_card_visa',
    payBy: null,
    customer: { name: 'Ada', email },
    lines: [{ sku: 'MUG-001', name: 'Stoneware mug', quantity: 1, unitPriceCents: 1_800 }],
  }
}
