import { Buffer } from 'node:buffer'
import { crc32, deflateSync } from 'node:zlib'
import { chunksIn, pixelsIn, SIGNATURE } from './png.mjs'

/** @typedef {{ png: Buffer, ms: number }} Frame */
/** @typedef {import('./png.mjs').Pixels} Pixels */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/**
 * An animated PNG (https://www.w3.org/TR/png-3/#apng-frame-based-animation) of pictures of one size, with the time for which each is looked
 * at. Of each but the first only the part is kept that has changed. Throws when they are not of one size.
 * @param {Frame[]} frames
 */
export function animated(frames) {
  const head = chunksIn(frames[0]?.png ?? Buffer.alloc(0)).find(({ type }) => type === 'IHDR')?.body
  if (head === undefined) throw new Error('there is no picture')
  let sequence = 0
  /** @type {Pixels | null} */ let before = null
  const parts = frames.flatMap(({ png, ms }) => {
    const now = pixelsIn(png)
    const box = before === null ? wholeOf(now) : changedIn(before, now)
    const control = chunk('fcTL', controlOf(sequence++, box, ms))
    const data = deflateSync(rowsOf(now, box), { level: 9 })
    const body = before === null ? chunk('IDAT', data) : chunk('fdAT', Buffer.concat([u32(sequence++), data]))
    before = now
    return [control, body]
  })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('acTL', u32(frames.length, 0)),
    ...parts,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const wholeOf = (/** @type {Pixels} */ { width, height }) => ({ x: 0, y: 0, width, height })

/** The smallest box around all that differs; one pixel where nothing does. @param {Pixels} before @param {Pixels} now @returns {Box} */
function changedIn(before, now) {
  const { width, height, depth, bytes } = now
  if (before.width !== width || before.height !== height) throw new Error('the pictures are not of one size')
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === before.bytes[at]) continue
    const pixel = Math.floor(at / depth)
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = y
  }
  return right < 0
    ? { x: 0, y: 0, width: 1, height: 1 }
    : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** The rows of a part, each as the difference to the one above, which is what a page compresses best by. @param {Pixels} pixels @param {Box} box */
function rowsOf({ width, depth, bytes }, box) {
  const length = box.width * depth
  const rows = Buffer.alloc(box.height * (length + 1))
  for (let row = 0; row < box.height; row++) {
    const from = ((box.y + row) * width + box.x) * depth
    const to = row * (length + 1)
    rows[to] = row === 0 ? 0 : UP
    for (let i = 0; i < length; i++)
      rows[to + 1 + i] = (bytes[from + i] ?? 0) - (row === 0 ? 0 : (bytes[from - width * depth + i] ?? 0))
  }
  return rows
}

const UP = 2

/** @param {number} sequence @param {Box} box @param {number} ms */
function controlOf(sequence, { x, y, width, height }, ms) {
  const end = Buffer.alloc(6) // disposed of by nobody, and put in place of what was there
  end.writeUInt16BE(Math.round(ms / 10), 0)
  end.writeUInt16BE(100, 2)
  return Buffer.concat([u32(sequence, width, height, x, y), end])
}

/** @param {string} type @param {Buffer} body */
function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  return Buffer.concat([u32(body.length), named, u32(crc32(named))])
}

function u32(/** @type {number[]} */ ...values) {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i)
  return bytes
}
