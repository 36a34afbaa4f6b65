import { z } from 'zod'
import type { Config } from '../../../../shared/config.ts'
import { redisAddressOf } from '../../../../shared/store/corner.ts'
import { startProgram } from '../start-program.ts'
import type { Naive } from './naive-shape.ts'

const AT_ONCE = 64 // as many as the crowd of a real sale
const LIMIT_MS = 10_000

const books = z.object({ sold: z.int() })

/** Sends a crowd to a sale without a queue, and counts in `naive` what comes of it. Resolves when it is over, or when `end` says so. */
export async function runNaive(naive: Naive, config: Config, end: AbortSignal): Promise<void> {
  const { prefix, url: REDIS_URL } = redisAddressOf(config)
  const env = { DATA_DIR: config.DATA_DIR, REDIS_URL, REDIS_PREFIX: prefix.slice(0, -1) }
  const program = await startProgram('simulators/naive-sale/main.js', env)
  try {
    await ask(`${program.url}/open?units=${naive.units}`)
    const queue = Array(naive.buyers).keys()
    await Promise.all(Array.from({ length: AT_ONCE }, () => buyAll(program.url, queue, naive, end)))
    naive.sold = books.parse(await (await ask(`${program.url}/sold`, 'GET')).json()).sold
  } finally {
    program.stop()
  }
}

async function buyAll(url: string, queue: Iterable<number>, naive: Naive, end: AbortSignal): Promise<void> {
  for (const buyer of queue) {
    if (end.aborted) return
    const { status } = await ask(`${url}/buy?buyer=${buyer}`)
    naive.asked++
    if (status === 201) naive.promised++
  }
}

const ask = (url: string, method = 'POST') => fetch(url, { method, signal: AbortSignal.timeout(LIMIT_MS) })
