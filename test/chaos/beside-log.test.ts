import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { BesideLog } from '../../chaos/beside-log.ts'

const FULL = '/dev/full' // whatever is written there, the disk is full

const onLinux = existsSync(FULL) ? it : it.skip

onLinux('a full disk takes none of the lines beside the shop, and the file stays as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-beside-'))
  symlinkSync(FULL, join(folder, 'beside.log'))
  const log = new BesideLog(folder, 'beside', 1)
  try {
    expect(log.append(['one\n', 'two\n'])).toBe(0)
  } finally {
    log.close()
    rmSync(folder, { recursive: true })
  }
})
