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

/** What ids made at `ms` begin with: 48 bits of time. Source: RFC 9562, section 5.7 */
export function idsBeginWith(ms: number): string {
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}`
}

/** When an id was made (ms): a UUIDv7 begins with its time. 0 for another id, which is none of ours. Source: RFC 9562, section 5.7 */
export function timeIn(id: string): number {
  const time = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id)
  return time === null ? 0 : Number.parseInt(`${time[1]}${time[2]}`, 16)
}
