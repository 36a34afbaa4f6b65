import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import type { Edit } from '../../chaos/doctored-tree.ts'
import { runFuzz } from '../../fuzz/run-fuzz.ts'

const LIMIT_MS = 180_000

async function fuzz(requests: number, edits: Edit[] = [], seed = 7) {
  const dataDir = mkdtempSync(join(tmpdir(), 'orderline-fuzz-test-'))
  try {
    return await runFuzz({ seed, requests, dataDir, edits }, new AbortController().signal)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

it(
  'a shop that is asked everything in every way answers as its document says',
  async () => {
    const { findings, tally } = await fuzz(900, [], 18) // a seed by which orders are taken

    expect(findings).toEqual([])
    expect(tally.get('POST /api/orders')?.get('201')).toBeGreaterThan(0)
    expect(tally.get('POST /api/orders')?.get('422')).toBeGreaterThan(0)
  },
  LIMIT_MS,
)

it(
  'a route that throws is found, and a status, a body and a secret that no document tells of',
  async () => {
    const { findings } = await fuzz(
      1_000,
      [
        { file: 'dist/services/order/list-products.js', find: 'res.set(PUBLIC)', replace: 'throw_(), res.set(PUBLIC)' },
        { file: 'dist/services/control/show-session.js', find: 'res.json(', replace: 'res.status(203).json(' },
        { file: 'dist/services/order/list-orders.js', find: 'res.json({ orders,', replace: 'res.json({' },
        {
          file: 'dist/services/control/list-mails.js',
          find: 'json({ mails',
          replace: 'json({ of: process.env.ADMIN_TOKEN, mails',
        },
      ],
      10,
    )

    const told = findings.map(({ route, what, repeat }) => `${route}: ${what} ${repeat}`).join('\n')
    expect(told).toMatch(/GET \/api\/products: 500, though nothing is away.* (curl|printf|nc) /)
    expect(told).toMatch(/GET \/api\/admin\/session: status 203 is not documented/)
    expect(told).toMatch(/GET \/api\/admin\/orders: the body is not as documented: .*orders/)
    expect(told).toMatch(/GET \/api\/admin\/mails: the answer tells the admin token/)
  },
  LIMIT_MS,
)
