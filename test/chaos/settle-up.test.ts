import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { noReceipts } from '../../chaos/receipts.ts'
import { settleUp } from '../../chaos/settle-up.ts'

const HOUR_MS = 3_600_000
const PATIENCE_MS = 3_000
const order = { status: 201, id: 'o', orderKey: 'key', cookie: '', text: '' }
const boxes = { linkTo: async () => null, codeFor: async () => null }

let door: Server
let url = ''
let payBy = new Date()
let tenders = 0

/** A shop with one order, which is paid as soon as a card is offered. */
beforeEach(async () => {
  tenders = 0
  door = createServer((req, res) => {
    if (req.method === 'POST') tenders++
    const state = tenders > 0 ? 'paid' : 'reserved'
    res.statusCode = req.method === 'POST' ? 202 : 200
    res.end(JSON.stringify({ state, payBy, challenge: null }))
  })
  await once(door.listen(0, '127.0.0.1'), 'listening')
  const { port } = door.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
})
afterEach(() => void door.close())

async function settle(beforeEndMs: number) {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const deps = { url: () => url, gatewayUrl: () => url, boxes, areClocksRight: false, signal, receipts: noReceipts() }
  const means = { offers: [{ method: 'pm_card_visa', beforeEndMs }], mood: 'agrees' as const, key: null }
  const isPaid = await settleUp(order, means, deps)
  return { isPaid, tenders, isPatienceOver: signal.aborted }
}

describe('a customer of the chaos who pays in the last moment', () => {
  it('does so', async () => {
    payBy = new Date(Date.now() + 500)
    expect(await settle(20)).toEqual({ isPaid: true, tenders: 1, isPatienceOver: false })
  })

  it('goes away where a clock that was ahead has put it off for hours', async () => {
    payBy = new Date(Date.now() + 2 * HOUR_MS)
    expect(await settle(20)).toEqual({ isPaid: false, tenders: 0, isPatienceOver: false })
  })
})
