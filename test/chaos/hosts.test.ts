import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { findRoom } from '../../chaos/hosts/room.ts'

const room = findRoom()
const here = 'have' in room ? it : it.skip
if ('why' in room) console.warn(`no shop over many hosts is tried: ${room.why}`)

const report = z.object({
  reasons: z.array(z.string()),
  customers: z.object({ accepted: z.number() }).loose(),
  faults: z.object({ done: z.number() }).loose(),
})

/** The command, with its exit code, what it has written down and which folders of its hosts are left; its own files are gone afterwards. */
async function chaos(...given: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-hosts-test-'))
  const json = join(folder, 'report.json')
  const args = ['dist/chaos/main.js', '--hosts', '--seed', '7', '--data-dir', join(folder, 'data'), '--json', json]
  try {
    const run = spawn(process.execPath, [...args, ...given], { stdio: 'ignore' })
    const [code] = await once(run, 'exit')
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`orderline-hosts-${run.pid}-`))
    return { code, left, ...report.parse(JSON.parse(readFileSync(json, 'utf8'))) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a shop over many hosts', () => {
  here(
    'keeps all its promises while hosts are lost, cut off, promoted, and their clocks wrong',
    async () => {
      const { code, reasons, customers, faults, left } = await chaos(
        '--minutes',
        '1',
        '--orders',
        '150',
        '--faults',
        '20',
      )

      expect([code, reasons]).toEqual([0, []])
      expect(customers.accepted).toBeGreaterThan(100)
      expect(faults.done).toBeGreaterThan(10)
      expect(left).toEqual([])
    },
    600_000,
  )

  here(
    'is judged wrong without the turn, and well with it, however slow its transactions are',
    async () => {
      const meeting = ['--minutes', '0.5', '--orders', '150', '--settle-limit-seconds', '60']
      const none = await chaos('--turn', 'none', ...meeting)
      const slow = await chaos('--turn', 'slow', ...meeting, '--settle-limit-seconds', '120')

      expect([none.code, none.reasons.join()]).toEqual([
        1,
        expect.stringMatching(/audit: (illegalStep|eventTwice|oversold)/),
      ])
      expect([slow.code, slow.reasons]).toEqual([0, []])
    },
    900_000,
  )
})
