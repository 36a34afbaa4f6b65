import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import { fateOf } from '../../shared/protocol/retry.ts'
import { begin } from '../../shared/store/begin.ts'
import { StoreFailure } from '../../shared/store/store-failure.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const ORDERS = 300
const away = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' }) // as a driver throws it

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

describe('while its own database is away a service', () => {
  it('gives no message up, however long that takes, and tries each again within a second', () => {
    let message: Parameters<typeof fateOf>[1] = { id: 'm', at: Date.now(), attempt: 1 }
    for (let i = 0; i < 1_000; i++) {
      const fate = fateOf(i % 2 === 0 ? away : new StoreFailure('SQLITE_BUSY', away), message)
      if (fate.kind === 'bury') throw new Error(fate.reason)
      expect(fate.delayMs).toBeLessThanOrEqual(1_000)
      message = { ...message, ...fate.tally }
    }
    expect(message.attempt).toBe(1)
  })

  it('pops nothing that it cannot handle, and is through soon after it is back', async () => {
    const sender = await bed.startSender()
    const write = bed.db.write
    let isAway = false
    bed.db = {
      ...bed.db,
      write: (...all: Parameters<typeof write>) => (isAway ? Promise.reject(away) : write(...all)) as never,
      failure: () => (isAway ? new StoreFailure('SQLITE_IOERR', away) : null),
    }
    const receiver = await bed.startReceiver()
    await bed.place('before')
    await until(async () => (await bed.outboxRow('before')) === undefined)

    isAway = true
    await bed.place(...Array.from({ length: ORDERS }, (_, i) => `o${i}`))
    await until(async () => (await bed.waiting()).length === ORDERS, { timeoutMs: 30_000 }) // what was popped is back
    expect(receiver.worker.state().inFlight).toBe(0)
    isAway = false
    const since = performance.now()

    await until(async () => (await bed.allEffects()).size === ORDERS + 1, { timeoutMs: 30_000 })
    expect(performance.now() - since).toBeLessThan(10_000)
    expect([sender.repushed(), await bed.db.read.deadLetter.count()]).toEqual([0, 0])
  })

  it('has one time limit for all that is to be applied at once, and not one for each', async () => {
    await bed.startSender()
    await bed.startReceiver()
    const other = new Sqlite(join(bed.folder, 'inventory.db'), { timeout: 0 })
    await begin(other, 5_000)
    await bed.place(...Array.from({ length: ORDERS }, (_, i) => `o${i}`))
    await until(() => bed.db.failure() !== null, { timeoutMs: 30_000 })
    await until(async () => (await bed.waiting()).length === ORDERS, { timeoutMs: 30_000 })

    other.exec('ROLLBACK')
    await bed.db.write(async () => {})

    await until(async () => (await bed.allEffects()).size === ORDERS, { timeoutMs: 10_000 })
    expect(await bed.db.read.deadLetter.count()).toBe(0)
    other.close()
  })

  it('refuses all that were to be committed together, after one try', async () => {
    let tries = 0
    const publish = async () => {
      tries++
      throw away
    }
    const commit = groupCommit(publish as never, async () => [])

    const answers = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => commit(i)))

    expect(answers.every(({ status }) => status === 'rejected')).toBe(true)
    expect(tries).toBe(1)
  })
})
