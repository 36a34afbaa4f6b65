import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { workersKey } from '../../shared/keys.ts'
import { hasEnded, processTable } from '../../shared/protocol/process-table.ts'
import { processing } from '../../shared/protocol/status.ts'
import { type Beat, createAttendance, liveWorkers } from '../../shared/protocol/workers.ts'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const NOTHING = { handled: 0, retried: 0, buried: 0, inFlight: 0, startedAt: 1, incarnation: 0, url: null }
const beatOf = (more: Partial<Beat>): Beat => ({ ...NOTHING, host: 'same', pid: 1, at: 1, ...more })

describe('a worker', () => {
  it('is dead as soon as its process has ended, where the process table tells', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const beats = new Map([['w', beatOf({ pid: child.pid ?? 0, table: processTable })]])
    const attend = createAttendance()
    expect([...attend(beats, 0).live.keys()]).toEqual(['w'])

    child.kill('SIGKILL')
    await once(child, 'exit')

    expect([...attend(beats, 100).live.keys()]).toEqual([])
  })

  it('of another host, or another container, is not dead because nobody here has its process id', () => {
    const nobody = 2 ** 22 + 1 // beyond what Linux counts to
    const there = createAttendance()(new Map([['w', beatOf({ pid: nobody, table: 'elsewhere' })]]), 0)
    const before = createAttendance()(new Map([['w', beatOf({ pid: nobody })]]), 0) // a version that did not say

    expect([there.live.size, before.live.size]).toEqual([1, 1])
    expect(hasEnded({ pid: nobody, table: processTable })).toBe(true)
  })

  it('whose host is gone is dead when its beat has stood still for three beats, as seen here', () => {
    const attend = createAttendance()
    const look = (at: number, atMs: number) =>
      attend(new Map([['w', beatOf({ at, table: 'elsewhere' })]]), atMs).live.size

    expect([look(5, 0), look(5, 3_400), look(6, 3_500), look(6, 6_900), look(6, 7_100)]).toEqual([1, 1, 1, 1, 0])
  })

  it('has an id that no other one has, of whatever host and process id', async () => {
    const redis = bed.redis.client
    await bed.startReceiver()
    await bed.startReceiver()

    const ids = await until(async () => {
      const all = await redis.hkeys(workersKey('inventory'))
      return all.length === 2 && all
    })

    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^inventory-\d+-[\w-]{12}$/)
  })
})

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

describe('two workers with the same host name and process id', () => {
  it('leave each other alone: what the one holds is not pushed again because the other has ended', async () => {
    const sender = await bed.startSender()
    const twin = beatOf({ pid: process.pid, table: 'elsewhere' })
    const stop = keepBeating('twin', twin)
    await bed.place('o1')
    const { id = '' } = await until(() => bed.outboxRow('o1'))
    await until(async () => (await bed.waiting()).length === 1)
    await bed.redis.client.rpop('orderline:{inventory}:queue')
    await bed.redis.client.hset('orderline:{inventory}:status', id, processing('twin', 1))
    const own = await bed.startReceiver()

    await bed.place('o2')
    await until(async () => (await bed.outboxRow('o2')) === undefined)
    expect(sender.repushed()).toBe(0)
    expect((await liveWorkers(own.redis, 'inventory')).has('twin')).toBe(true)

    await stop() // its host is gone
    await until(async () => (await bed.outboxRow('o1')) === undefined)
    expect(await bed.effects('o1')).toBe(1)
  })
})

function keepBeating(id: string, beat: Beat): () => Promise<void> {
  let at = 1
  const write = () => bed.redis.client.hset(workersKey('inventory'), id, JSON.stringify({ ...beat, at: at++ }))
  void write()
  const timer = setInterval(write, 200)
  return async () => clearInterval(timer)
}
