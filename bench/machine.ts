import { execFileSync } from 'node:child_process'
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { readLaunchConfig } from '../launcher/launch-config.ts'
import { postgresPrograms } from './postgres/server.ts'
import { percentile } from './stats.ts'

/** What the figures were found on. */
export type Machine = {
  cpus: number
  model: string
  memoryGb: number
  system: string
  node: string
  redis: string
  /** Where there is one. */
  postgres?: string | undefined
  /** Median time in which the disk below the rounds makes a small write durable. */
  fsyncMs: number
  /** How many wanted to run in the minute before: what others do is in the figures, too. */
  loadAverage: number
}

const FSYNCS = 200
const PAGE = Buffer.alloc(4_096, 1)

/** Describes this machine; `folder` is where the rounds keep their files. */
export function describeMachine(folder: string): Machine {
  return {
    cpus: cpus().length,
    model: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    redis: redisVersion(),
    postgres: postgresVersion(),
    fsyncMs: fsyncMs(folder),
    loadAverage: loadavg()[0] ?? 0,
  }
}

function redisVersion(): string {
  const told = execFileSync(readLaunchConfig().redisServer, ['--version'], { encoding: 'utf8' })
  return /v=(\S+)/.exec(told)?.[1] ?? told.trim()
}

function postgresVersion(): string | undefined {
  const programs = postgresPrograms()
  if (programs === undefined) return undefined
  return /\d[\d.]*/.exec(execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }))?.[0]
}

function fsyncMs(folder: string): number {
  const place = mkdtempSync(join(folder, 'fsync-'))
  const file = openSync(join(place, 'probe'), 'w')
  const timesMs = Array.from({ length: FSYNCS }, () => {
    const sinceMs = performance.now()
    writeSync(file, PAGE)
    fsyncSync(file)
    return performance.now() - sinceMs
  })
  closeSync(file)
  rmSync(place, { recursive: true })
  return percentile(timesMs, 0.5)
}
