import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const MAX_BYTES = 64 * 1024 * 1024

/**
 * The log of all processes as JSON lines, `logs/orderline.log`: what a grep of an order's id tells its story
 * from. A full file becomes `.1` and replaces the one before it, so there are at most two.
 */
export class LogFile {
  readonly path: string
  readonly #maxBytes: number
  #fd: number
  #bytes: number

  constructor(dataDir: string, maxBytes = MAX_BYTES) {
    const folder = join(dataDir, 'logs')
    mkdirSync(folder, { recursive: true })
    this.path = join(folder, 'orderline.log')
    this.#maxBytes = maxBytes
    this.#fd = openSync(this.path, 'a')
    this.#bytes = fstatSync(this.#fd).size
  }

  /** In the system's hands when it returns: a `kill -9` of the launcher loses no line. */
  append(lines: string): void {
    if (this.#bytes > this.#maxBytes) this.#rotate()
    this.#bytes += Buffer.byteLength(lines)
    try {
      writeSync(this.#fd, lines)
    } catch {
      // a full disk: the shop must not stop because its log cannot grow, and the terminal still shows all
    }
  }

  #rotate(): void {
    closeSync(this.#fd)
    renameSync(this.path, `${this.path}.1`)
    this.#fd = openSync(this.path, 'a')
    this.#bytes = 0
  }
}
