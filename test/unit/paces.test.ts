import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ProtocolBed } from '../protocol-bed.ts'
import { useRedis } from '../redis-server.ts'
import { until } from '../until.ts'

const redis = useRedis()
let bed: ProtocolBed
beforeEach(async () => {
  bed = await ProtocolBed.open(redis)
})
afterEach(() => bed.close())

const paced = { limits: { perSecond: 100 } }
const told = () => bed.told.filter(({ msg }) => msg === 'pace.changed')

describe('a pace that the admin sets', () => {
  it('is that of every process of the service within a second or two, and is told in the log', async () => {
    const processes = [await bed.startReceiver(paced), await bed.startReceiver(paced)]
    const inForce = () => processes.map(({ worker }) => worker.state().passage?.perSecond)
    expect(inForce()).toEqual([100, 100])

    const answer = await processes[0]?.paces.set('inventory', 7)

    expect(answer).toEqual({ list: 'inventory', perSecond: 7, byDefault: 100, isSet: true })
    await until(() => inForce().every((perSecond) => perSecond === 7), { timeoutMs: 3_000 })
    expect(told()).toHaveLength(2)
    expect(told()[0]).toMatchObject({ list: 'inventory', perSecond: 7, was: 100, isSet: true })
  })

  it('is there after a restart, from the first call on', async () => {
    await (await bed.startReceiver(paced)).paces.set('inventory', 7)

    const again = await bed.startReceiver(paced)

    expect(again.worker.state().passage?.perSecond).toBe(7)
    expect(again.paces.all()).toEqual([{ list: 'inventory', perSecond: 7, byDefault: 100, isSet: true }])
  })

  it('is given back to the environment, which may have none', async () => {
    const receiver = await bed.startReceiver({ limits: {} })
    await receiver.paces.set('inventory', 7)
    await until(() => receiver.worker.state().passage?.perSecond === 7)

    await receiver.paces.set('inventory', null)

    await until(() => receiver.worker.state().passage?.perSecond === null)
    expect(receiver.paces.all()).toEqual([{ list: 'inventory', perSecond: null, byDefault: null, isSet: false }])
  })

  it('is kept by calls that wait already', async () => {
    await bed.startSender()
    const made: number[] = []
    const receiver = await bed.startReceiver({
      limits: { perSecond: 0.01 },
      prepare: (_message, outside) => outside(async () => void made.push(performance.now())),
    })
    await bed.place(...Array.from({ length: 20 }, (_, i) => `o${i}`))
    await until(() => made.length === 1)

    await receiver.paces.set('inventory', 100)

    await until(() => made.length > 10, { timeoutMs: 5_000 })
  })

  it('is refused where nothing goes out', async () => {
    const receiver = await bed.startReceiver()

    expect(await receiver.paces.set('inventory', 7)).toBeNull()
    expect(receiver.paces.all()).toEqual([])
  })

  it('is not told of where nothing goes out, nor are calls', async () => {
    const { worker } = await bed.startReceiver()

    expect(worker.state().passage).toBeUndefined()
    expect(worker.figures()).toEqual([])
  })
})
