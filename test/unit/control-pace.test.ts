import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { start } from '../../services/payment/main.ts'
import type { Running } from '../../shared/service.ts'
import { useControl } from '../control-rig.ts'
import { problemOf } from '../order-rig.ts'
import { until } from '../until.ts'

const control = useControl()
let folder: string
let payment: Running
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderline-pace-'))
  await startPayment()
})
afterEach(async () => {
  await payment.stop()
  await rm(folder, { recursive: true })
})

async function startPayment(): Promise<void> {
  payment = await start({ ...control.config(), DATA_DIR: folder, PAYMENT_PORT: 0, GATEWAY_RATE: 25 })
  await until(async () => (await control.adminPost('pace', { service: 'payment', perSecond: null })).status === 200)
}

const paces = async () => Object(await (await control.admin('pace')).json()).paces
const figure = async (name: string) => {
  const line = new RegExp(`^orderline_${name}\\{[^}]*\\} (\\S+)$`, 'm')
  return Number(line.exec(await (await fetch(`${payment.url}/metrics`)).text())?.[1])
}

describe('the pace of the payment gateway', () => {
  it('is set by the admin while payment runs, and shown with what the environment says', async () => {
    const answer = await control.adminPost('pace', { service: 'payment', perSecond: 5 }, { 'Idempotency-Key': 'k' })

    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ service: 'payment', perSecond: 5, byDefault: 25, isSet: true })
    await until(async () => (await figure('pace_per_second')) === 5)
    expect(await paces()).toEqual([{ service: 'payment', perSecond: 5, byDefault: 25, isSet: true }])
  })

  it('outlives a restart, and is given back', async () => {
    await control.adminPost('pace', { service: 'payment', perSecond: 5 })
    await payment.stop()
    payment = await start({ ...control.config(), DATA_DIR: folder, PAYMENT_PORT: 0, GATEWAY_RATE: 25 })
    expect(await figure('pace_per_second')).toBe(5)

    const isGivenBack = async () =>
      (await control.adminPost('pace', { service: 'payment', perSecond: null })).status === 200
    await until(isGivenBack) // its beat may still be on its way

    await until(async () => (await figure('pace_per_second')) === 25)
  })

  it.each([0, -1, 1e9, '5'])('cannot be %j', async (perSecond) => {
    const answer = await control.adminPost('pace', { service: 'payment', perSecond })

    expect(await problemOf(answer)).toMatchObject({ status: 422, fields: ['perSecond'] })
  })

  it('is not there where nothing goes out, and not for a service that is away', async () => {
    expect((await control.adminPost('pace', { service: 'order', perSecond: 5 })).status).toBe(404)
    expect((await control.adminPost('pace', { service: 'notification', perSecond: 5 })).status).toBe(503)
    expect((await control.adminPost('pace', { service: 'nobody', perSecond: 5 })).status).toBe(422)
    expect((await control.post('/api/admin/pace', { service: 'payment', perSecond: 5 })).status).toBe(401)
  })
})
