import { statusKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import { deleteFields } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import { timeIn } from './new-id.ts'
import { OUTBOX_MAX_AGE_MS } from './verdict.ts'

const PAGE = 1_000
const PAGES_A_PASS = 50 // so that a sweep never keeps Redis busy for long

/**
 * Drops status fields nobody can ask for any more: a copy that is acknowledged after its sender's row has gone
 * leaves one behind. What is younger than an outbox row may be stays. Returns the cursor to go on from.
 */
export async function sweepStatus(redis: Redis, service: Service, cursor: string, now: number): Promise<string> {
  let at = cursor
  for (let page = 0; page < PAGES_A_PASS; page++) {
    const [next, flat] = await redis.hscan(statusKey(service), at, 'COUNT', PAGE)
    const old = flat.filter((id, i) => i % 2 === 0 && timeIn(id) < now - OUTBOX_MAX_AGE_MS)
    await deleteFields(redis, statusKey(service), old)
    at = next
    if (next === '0') break
  }
  return at
}
