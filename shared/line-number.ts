import { randomBytes } from 'node:crypto'

/** This start of this process, as its lines name it: two have the same once in 2^48. */
const run = randomBytes(6).toString('base64url')
let n = 0

/**
 * The number of the next line of this process, as two fields of JSON: lines that went missing on their way are counted by
 * them. They come first in a line, so that they can be told where the rest of it is cut off or strange.
 */
export function nextNumber(): string {
  n++
  return `"run":"${run}","n":${n}`
}
