import { statusKey } from '../keys.ts'
import { type Service, shardsOf } from '../routes.ts'
import { readFields } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'

/** What a service says of these messages, each from whatever shard of its list it came; null where it says nothing. */
export async function wordsOn(redis: Redis, service: Service, ids: string[]): Promise<(string | null)[]> {
  const said = await Promise.all(shardsOf(service).map((list) => readFields(redis, statusKey(list), ids)))
  return ids.map((_, i) => said.map((fields) => fields[i] ?? null).find((field) => field !== null) ?? null)
}
