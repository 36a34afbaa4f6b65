import type { Redis } from './redis.ts'

/**
 * Commands that take as many arguments as there are, and the one place where arrays are spread into them: a spread of
 * some hundred thousand is a RangeError, and one command of megabytes keeps Redis from everybody else. The chunks go out
 * in their order, one after the other on one connection, and nobody waits in between.
 */
const CHUNK = 2_500

/** Fields of a hash. Rejects when not all were written. */
export async function setFields(redis: Redis, key: string, pairs: [string, string | number][]): Promise<void> {
  await Promise.all(chunksOf(pairs).map((chunk) => redis.hset(key, ...chunk.flat())))
}

/** What these fields hold; null where there is none. */
export async function readFields(redis: Redis, key: string, fields: string[]): Promise<(string | null)[]> {
  return (await Promise.all(chunksOf(fields).map((chunk) => redis.hmget(key, ...chunk)))).flat()
}

export async function deleteFields(redis: Redis, key: string, fields: string[]): Promise<void> {
  await Promise.all(chunksOf(fields).map((chunk) => redis.hdel(key, ...chunk)))
}

/**
 * Puts elements into a list, the first of them to be popped first. Returns how many it holds then. Rejects when not all
 * were taken.
 */
export async function pushAll(redis: Redis, key: string, elements: string[]): Promise<number> {
  const lengths = await Promise.all(chunksOf(elements).map((chunk) => redis.lpush(key, ...chunk)))
  return lengths.at(-1) ?? 0
}

/** Puts elements back to where they were popped, the first of them to be popped first. */
export async function putBack(redis: Redis, key: string, elements: string[]): Promise<void> {
  await Promise.all(chunksOf(elements.toReversed()).map((chunk) => redis.rpush(key, ...chunk)))
}

function chunksOf<T>(items: T[]): T[][] {
  if (items.length === 0) return []
  if (items.length <= CHUNK) return [items]
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, i) => items.slice(i * CHUNK, (i + 1) * CHUNK))
}
