import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openBank } from '../../simulators/tutorial/bank.ts'
import { consume } from '../../simulators/tutorial/consumer/consume.ts'
import type { Message } from '../../simulators/tutorial/message.ts'
import { produce } from '../../simulators/tutorial/producer/produce.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()

describe('the tutorial’s loop', () => {
  const order: Message = { message_id: 'OL-7', data: { username: 'Ada', email: 'ada@example.com', cents: 1_800 } }
  const statusOf = (id: string) => redis.client.hget('message_status', id)
  const charges = () => readFileSync(join(folder, 'charges.jsonl'), 'utf8').split('\n').filter(Boolean).length
  let folder: string
  let bank: ReturnType<typeof openBank>
  let ending: Promise<unknown>
  let connection: ReturnType<typeof redis.client.duplicate>

  /** A consumer of its own connection, as a program of its own has it. */
  const startConsumer = (handle: (message: Message) => void = bank.charge) => {
    connection = redis.client.duplicate()
    ending = consume(connection, handle).catch((error) => error)
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-tutorial-'))
    bank = openBank(folder)
    startConsumer()
  })

  afterEach(async () => {
    connection.disconnect()
    await ending
    rmSync(folder, { recursive: true, force: true })
  })

  it('charges an order once and says success while nothing fails', async () => {
    await produce(order, redis.client)

    expect(await statusOf('OL-7')).toBe('success')
    expect(charges()).toBe(1)
  })

  it('charges twice when the answer of the bank gets lost: it pushes again what says error', async () => {
    bank.loseNextAnswer()

    await produce(order, redis.client)

    await until(async () => (await statusOf('OL-7')) === 'success')
    expect(charges()).toBe(2)
  })

  it('knows nothing any more of what a consumer had in hand when it died', async () => {
    connection.disconnect()
    await ending
    startConsumer(() => connection.disconnect()) // it has popped, and never says what became of it
    const handed = until(async () => connection.status === 'end')

    await Promise.all([produce(order, redis.client), handed])

    expect(await redis.client.llen('myqueue')).toBe(0)
    expect(await statusOf('OL-7')).toBeNull()
  })

  it('ends at a message that is no JSON, and leaves what comes after it to nobody', async () => {
    await redis.client.lpush('myqueue', '{"this is": not JSON')
    await expect(ending).resolves.toBeInstanceOf(SyntaxError)

    await produce(order, redis.client)

    expect(await redis.client.llen('myqueue')).toBe(1)
    expect(await statusOf('OL-7')).toBeNull()
  })
})
