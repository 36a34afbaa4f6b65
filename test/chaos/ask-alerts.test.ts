import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { wishForProducts } from '../../chaos/ask-alerts.ts'
import { noReceipts } from '../../chaos/receipts.ts'

const LIMIT_MS = 100
const boxes = { linkTo: async () => null, codeFor: async () => null }

let door: Server
let url = ''
let asked: string[] = []

/** A shop whose first answer never comes. */
beforeEach(async () => {
  asked = []
  door = createServer((req, res) => {
    if (asked.push(`${req.method} ${req.url}`) > 1) res.end('{}')
  })
  await once(door.listen(0, '127.0.0.1'), 'listening')
  const { port } = door.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
})
afterEach(() => {
  jest.restoreAllMocks()
  door.closeAllConnections()
  door.close()
})

it('the admin of the chaos does not wait for ever for an answer, and asks again for the lower price', async () => {
  const patience = AbortSignal.timeout(5_000)
  const wishes = { asked: 0, confirmed: new Set<string>(), isLess: false }
  const people = { url: () => url, gatewayUrl: () => url, boxes, areClocksRight: true, receipts: noReceipts() }
  const limit = AbortSignal.timeout.bind(AbortSignal)
  jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => limit(LIMIT_MS))

  const stage = { ...people, shop: { url: () => url }, signal: patience, untilMs: performance.now() + 50 }
  await wishForProducts(0, wishes, stage)

  const price = 'PUT /api/admin/prices/NTB-001'
  expect(asked).toEqual([price, price])
})
