import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'
import { LINES } from './line-keys.ts'

const CHUNK_BYTES = 256 * 1_024
const IDLE_MS = 100

// The classic shipper: it reads what is new in the files of a folder, pushes a list element for each line, and then writes down in
// its registry how far it is.
const { REGISTRY: registry, LOGS_DIR: folder } = z
  .object({ REGISTRY: z.string(), LOGS_DIR: z.string() })
  .parse(process.env)
const offsets = existsSync(registry)
  ? z.record(z.string(), z.int()).parse(JSON.parse(readFileSync(registry, 'utf8')))
  : {}
const redis = new Redis(readConfig().REDIS_URL)
const stopping = new AbortController()
const working = ship()

serve({}, async () => {
  stopping.abort()
  await working
  redis.disconnect()
})

async function ship(): Promise<void> {
  while (!stopping.signal.aborted) {
    const files = readdirSync(folder).filter((name) => name.endsWith('.log'))
    let bytes = 0
    for (const file of files) bytes += await shipFrom(join(folder, file)).catch(() => 0) // Redis is away: again later
    if (bytes === 0) await delay(IDLE_MS)
  }
}

async function shipFrom(path: string): Promise<number> {
  const chunk = chunkAt(path, offsets[path] ?? 0)
  if (chunk.length === 0) return 0
  const lines = chunk.toString().trimEnd().split('\n')
  await redis.lpush(LINES, ...lines)
  offsets[path] = (offsets[path] ?? 0) + chunk.length
  writeFileSync(`${registry}.new`, JSON.stringify(offsets))
  renameSync(`${registry}.new`, registry)
  return chunk.length
}

/** Whole lines from there on; nothing where there is none. */
function chunkAt(path: string, from: number): Buffer {
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(CHUNK_BYTES)
  const read = buffer.subarray(0, readSync(file, buffer, 0, CHUNK_BYTES, from))
  closeSync(file)
  return read.subarray(0, read.lastIndexOf('\n') + 1)
}
