import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MAX_BYTES = 8 * 1024 * 1024
const NEWLINE = 10

/** A log file of a program that is none of the shop's, in its folder of logs. It forgets no line that the disk does not take. */
export class BesideLog {
  readonly #path: string
  readonly #kept: number
  #fd: number
  #bytes = 0

  /** Keeps so many full files beside the one that is written. */
  constructor(folder: string, name: string, kept: number) {
    this.#kept = kept
    mkdirSync(folder, { recursive: true })
    this.#path = join(folder, `${name}.log`)
    this.#fd = openSync(this.#path, 'a')
  }

  /** Writes whole lines. Returns how many of them the disk has taken. */
  append(lines: string[]): number {
    if (this.#bytes > MAX_BYTES) this.rotate()
    const bytes = Buffer.from(lines.join(''))
    const taken = this.#write(bytes)
    if (taken === bytes.length) return lines.length
    if (taken === 0) return 0
    const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE, taken - 1) + 1)
    ftruncateSync(this.#fd, fstatSync(this.#fd).size - (taken - whole.length))
    return whole.toString().split('\n').length - 1
  }

  /** The full file becomes `.1`, that one `.2`, and what is too many goes. */
  rotate(): void {
    for (let age = this.#kept; age > 0; age--) renameIf(this.#aged(age - 1), this.#aged(age))
    const full = this.#fd
    this.#fd = openSync(this.#path, 'a')
    this.#bytes = 0
    closeSync(full)
  }

  close(): void {
    closeSync(this.#fd)
  }

  #aged = (age: number) => (age === 0 ? this.#path : `${this.#path}.${age}`)

  #write(bytes: Buffer): number {
    try {
      const taken = writeSync(this.#fd, bytes)
      this.#bytes += taken
      return taken
    } catch {
      return 0 // the disk is full
    }
  }
}

function renameIf(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    // there are not so many yet
  }
}
