import { readSync } from 'node:fs'
import { z } from 'zod'
import { Numbers, type Range } from './numbers.ts'

const CHUNK_BYTES = 4 * 1024 * 1024
const NEWLINE = 10
const HEAD_BYTES = 64

/** Lines as they were written down: how many, the numbers of each start of a program, and which orders they say were placed. */
export type Written = { runs: Map<string, Range[]>; placed: Set<string>; count: number }

/** Takes in what stands in some text, and tells what was in all of it. */
export class LineReader {
  readonly #runs = new Map<string, Numbers>()
  readonly #placed = new Set<string>()
  #lines = 0

  /** Lines, one below the other; what stands after the last newline is still being written, and left out. */
  take(bytes: Buffer): Buffer {
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      if (end > start) this.#note(bytes.subarray(start, end))
      start = end + 1
    }
    return bytes.subarray(start)
  }

  get count(): number {
    return this.#lines
  }

  read(): Written {
    const runs = new Map([...this.#runs].map(([run, numbers]) => [run, numbers.ranges()]))
    return { runs, placed: this.#placed, count: this.#lines }
  }

  #note(line: Buffer): void {
    this.#lines++
    const [, run, n] = NUMBERED.exec(line.toString('latin1', 0, HEAD_BYTES)) ?? []
    if (run !== undefined) this.#numbersOf(run).add(Number(n))
    if (line.includes(PLACED)) this.#notePlaced(line.toString())
  }

  #numbersOf(run: string): Numbers {
    const known = this.#runs.get(run) ?? new Numbers()
    this.#runs.set(run, known)
    return known
  }

  #notePlaced(line: string): void {
    try {
      this.#placed.add(placed.parse(JSON.parse(line)).subject)
    } catch {
      // it only names the event, or is cut off
    }
  }
}

const NUMBERED = /^\{"run":"([^"]+)","n":(\d+)/
const PLACED = '"order.placed"'
const placed = z.object({ service: z.literal('order'), msg: z.literal('order.placed'), subject: z.string() })

/** Reads the bytes `from` to `to` of an open file into it. */
export function readInto(reader: LineReader, fd: number, { from, to }: Range): void {
  const chunk = Buffer.allocUnsafe(Math.max(0, Math.min(CHUNK_BYTES, to - from))) // most files are small, and there are hundreds
  let rest = Buffer.alloc(0)
  for (let at = from; at < to; ) {
    const size = readSync(fd, chunk, 0, Math.min(CHUNK_BYTES, to - at), at)
    if (size === 0) return // cut off meanwhile
    at += size
    rest = Buffer.from(reader.take(Buffer.concat([rest, chunk.subarray(0, size)])))
  }
}
