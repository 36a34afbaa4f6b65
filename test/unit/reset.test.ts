import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

describe('npm run reset', () => {
  let dataDir: string
  const reset = (folder = dataDir) => {
    const env = { ...process.env, DATA_DIR: folder }
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/reset.mjs'], { env, encoding: 'utf8' })
    return { status, output: stdout + stderr }
  }

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'orderline-reset-'))
    mkdirSync(join(dataDir, 'redis'))
    writeFileSync(join(dataDir, 'order.db'), '')
  })

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  it('empties the data folder', () => {
    writeFileSync(join(dataDir, 'orderline.pid'), '4194305 0\n') // of a launcher that is gone

    expect(reset()).toEqual({ status: 0, output: `reset: ${dataDir} is empty\n` })
    expect(readdirSync(dataDir)).toEqual([])
    expect(reset().status).toBe(0)
  })

  it.each(['orderline.pid', 'redis/redis.pid'])('refuses while the process noted in %s runs', (pidFile) => {
    writeFileSync(join(dataDir, pidFile), `${process.pid} 0\n`)

    expect(reset()).toMatchObject({ status: 1, output: expect.stringContaining(String(process.pid)) })
    expect(readdirSync(dataDir)).toContain('order.db')
  })

  it('refuses a folder that holds other things', () => {
    rmSync(join(dataDir, 'order.db'))
    writeFileSync(join(dataDir, 'letters.txt'), '')

    expect(reset().status).toBe(1)
    expect(reset('/').output).toContain(`holds more than Orderline's data`)
    expect(readdirSync(dataDir)).toContain('letters.txt')
  })
})
