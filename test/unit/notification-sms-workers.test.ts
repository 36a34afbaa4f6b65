import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type Client, openNotification } from '../../services/notification/db.ts'
import { textCustomers } from '../../services/notification/text-customers.ts'
import { connectTexter } from '../../services/notification/texter.ts'
import { readConfig } from '../../shared/config.ts'
import { Deferral, type Message, Outage } from '../../shared/events.ts'
import type { Outside } from '../../shared/handler.ts'
import { createLogger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { WayOut } from '../../shared/protocol/outside.ts'
import { createSeal } from '../../shared/sealed.ts'
import type { Database } from '../../shared/store/database.ts'
import { ACCOUNT, OURS, SEAL_SECRET, TOKEN, useSmsGateway } from '../sms-rig.ts'

const PHONE = '+491701234567'
const HOUR_MS = 3_600_000
const HELD_MS = 12_000
const gateway = useSmsGateway()
const log = createLogger('test', 'silent')
const seal = createSeal(SEAL_SECRET)
const outside = new WayOut(log).call

let folder: string
let db: Database<Client>
/** The steady clock of all workers. */
let steadyMs: number
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-workers-'))
  db = await openNotification(folder)
  steadyMs = 0
})
afterEach(async () => {
  jest.restoreAllMocks()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const message: Message<'customer.phoneAdded'> = {
  ...{ id: 'm-1', name: 'customer.phoneAdded', subject: 'ada', at: Date.now(), stamp: 1, attempt: 1 },
  data: {
    name: 'Ada',
    email: 'ada@example.com',
    language: 'en',
    phone: PHONE,
    kind: 'code',
    code: seal.close('123456'),
  },
}

/** A worker of notification on the file that they share, and the gateway. */
function worker(holder: string) {
  const told = { SMS_ACCOUNT: ACCOUNT, SMS_TOKEN: TOKEN, SMS_FROM: OURS, SMS_API_BASE: gateway.url }
  const publish: Publish<Client> = (work, how) => db.write((tx) => work(tx, () => {}), how)
  const texter = connectTexter(readConfig(told), log)
  const callbackFor = () => `${gateway.webhooksUrl}/status`
  const deps = { read: db.read, publish, texter, seal, holder, callbackFor, steady: () => steadyMs }
  const { prepare } = textCustomers(deps)
  if (prepare === undefined) throw new Error('it has nothing to say to the gateway')
  return { tries: (way: Outside = outside) => prepare(message, way) }
}

/** A way out that ends before the gateway is reached, as of a worker that is killed then. */
const dies: Outside = async () => {
  throw new Outage('killed')
}
const sent = async () => (await gateway.list(PHONE)).length

describe('an SMS that a worker is at', () => {
  it('is left to it by another, although their times of day are an hour apart', async () => {
    await expect(worker('first').tries(dies)).rejects.toThrow(Outage)
    const other = worker('second')

    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + HOUR_MS)
    await expect(other.tries()).rejects.toThrow(Deferral)
    steadyMs += HELD_MS - 1
    await expect(other.tries()).rejects.toThrow(Deferral)
    expect(await sent()).toBe(0)
  })

  it('is taken over by who has seen it untouched for twelve seconds, although its time of day went back', async () => {
    await expect(worker('first').tries(dies)).rejects.toThrow(Outage)
    const other = worker('second')
    await expect(other.tries()).rejects.toThrow(Deferral)

    jest.spyOn(Date, 'now').mockReturnValue(Date.now() - HOUR_MS)
    steadyMs += HELD_MS
    await other.tries()
    expect(await sent()).toBe(1)
  })

  it('is watched anew when it tries again', async () => {
    const [first, other] = [worker('first'), worker('second')]
    await expect(first.tries(dies)).rejects.toThrow(Outage)
    await expect(other.tries()).rejects.toThrow(Deferral)
    steadyMs += HELD_MS
    await expect(first.tries(dies)).rejects.toThrow(Outage)

    await expect(other.tries()).rejects.toThrow(Deferral)
    expect(await sent()).toBe(0)
    steadyMs += HELD_MS
    await other.tries()
    expect(await sent()).toBe(1)
  })

  it('is taken over by one of two', async () => {
    await expect(worker('first').tries(dies)).rejects.toThrow(Outage)
    const others = [worker('second'), worker('third')]
    for (const other of others) await expect(other.tries()).rejects.toThrow(Deferral)
    steadyMs += HELD_MS

    const told = await Promise.allSettled(others.map((other) => other.tries()))
    expect(told.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await sent()).toBe(1)
  })

  it.each([
    ['has not yet taken over', false],
    ['has taken over', true],
  ])('and that has waited long for its turn is sent once where another %s', async (_, isTakenOver) => {
    const [first, other] = [worker('first'), worker('second')]
    const afterWait: Outside = async (call) => {
      await expect(other.tries()).rejects.toThrow(Deferral)
      steadyMs += HELD_MS
      if (isTakenOver) await other.tries()
      return outside(call)
    }
    const told = await first.tries(afterWait).catch((error: unknown) => error)
    expect(told instanceof Deferral).toBe(isTakenOver)
    await other.tries().catch(() => {})
    expect(await sent()).toBe(1)
  })
})

describe('an SMS whose worker was killed when the gateway had taken it', () => {
  it('is found there, although its clock was two hours ahead', async () => {
    const killed: Outside = async (call) => {
      await outside(call)
      throw new Outage('killed')
    }
    await expect(worker('first').tries(killed)).rejects.toThrow(Outage)
    await db.write((tx) => tx.$executeRaw`UPDATE "Sms" SET at = at + ${2 * HOUR_MS}`)

    const other = worker('second')
    await expect(other.tries()).rejects.toThrow(Deferral)
    steadyMs += HELD_MS
    await other.tries()
    expect(await sent()).toBe(1)
  })
})
