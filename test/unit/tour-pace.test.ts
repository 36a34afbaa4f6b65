import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { createPaceSetter, paceIn } from '../../services/control/tour/peaks/pace-setter.ts'

it('the pace of payment is put back by a control that comes after one that was ended under a mountain', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'orderline-pace-'))
  let perSecond: number | null = 40 // of payment, which remembers it
  const ask = async (_service: string, _path: string, body?: object) => {
    if (body !== undefined && 'perSecond' in body) perSecond = Number(body.perSecond)
    const paces = [{ list: 'payment', perSecond, byDefault: 90, isSet: perSecond !== null }]
    return { status: 200, body: { paces } }
  }
  const control = () => createPaceSetter(ask, paceIn(dataDir))

  await control().set(10)
  const next = control()
  await next.set(5)
  expect(perSecond).toBe(5)
  await next.restore()

  expect(perSecond).toBe(40)
  perSecond = 30 // by the admin
  await control().restore()
  expect(perSecond).toBe(30)
  rmSync(dataDir, { recursive: true })
})
