import { Buffer } from 'node:buffer'
import { inflateSync } from 'node:zlib'

export const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const OVERHEAD = 12 // length, type and checksum of a chunk
const DEPTHS = new Map([
  [2, 3], // red, green, blue
  [6, 4], // and how opaque
])

/** @typedef {{ type: string, body: Buffer }} Chunk */
/** @typedef {{ width: number, height: number, depth: number, bytes: Buffer }} Pixels `depth`: bytes for each of them */

/** @param {Buffer} png @returns {Chunk[]} */
export function chunksIn(png) {
  const chunks = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), body: png.subarray(at + 8, at + 8 + length) })
    at += length + OVERHEAD
  }
  return chunks
}

/** The pixels of a PNG as a browser takes it: 8 bits a colour, not interlaced. Throws when it is another. @param {Buffer} png @returns {Pixels} */
export function pixelsIn(png) {
  const chunks = chunksIn(png)
  const head = chunks.find(({ type }) => type === 'IHDR')?.body
  const depth = DEPTHS.get(head?.[9] ?? 0)
  if (head === undefined || depth === undefined || head[8] !== 8 || head[12] !== 0)
    throw new Error('that is no picture of a browser')
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body))
  return { width, height, depth, bytes: unfiltered(inflateSync(data), width * depth, height, depth) }
}

/** @param {Buffer} data @param {number} length of a row @param {number} height @param {number} depth */
function unfiltered(data, length, height, depth) {
  const bytes = Buffer.alloc(length * height)
  for (let row = 0; row < height; row++) {
    const from = row * (length + 1)
    const filter = FILTERS[data[from] ?? 0] ?? FILTERS[0]
    for (let i = 0; i < length; i++) {
      const at = row * length + i
      const left = i < depth ? 0 : (bytes[at - depth] ?? 0)
      const up = row === 0 ? 0 : (bytes[at - length] ?? 0)
      const corner = i < depth || row === 0 ? 0 : (bytes[at - length - depth] ?? 0)
      bytes[at] = (data[from + 1 + i] ?? 0) + filter(left, up, corner)
    }
  }
  return bytes
}

/** By which a byte is foretold, in the order of https://www.w3.org/TR/png-3/#9Filter-types. */
const FILTERS = /** @type {[Foretell, Foretell, Foretell, Foretell, Foretell]} */ ([
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
])
/** @typedef {(left: number, up: number, corner: number) => number} Foretell */

/** @type {Foretell} */
function paeth(left, up, corner) {
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
