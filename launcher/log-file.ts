import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../shared/cannot-start.ts'

const MAX_BYTES = 64 * 1024 * 1024
const AGAIN_MS = 1_000 // before a file that could not be opened is tried again

/** Hears once when lines begin to get lost, with the reason, and once when they are kept again. */
export type LogTrouble = { lost(reason: string): void; kept(lostForMs: number): void }

/**
 * The log of all processes as JSON lines, `logs/orderline.log`: what a grep of an order's id tells its story
 * from. A full file becomes `.1` and replaces the one before it, so there are at most two. The constructor throws when
 * the file cannot be opened; later the shop goes on without, for a full disk shall not stop it.
 */
export class LogFile {
  readonly path: string
  /** Nobody, unless somebody asks for it. */
  trouble: LogTrouble = { lost: () => {}, kept: () => {} }
  readonly #maxBytes: number
  #fd: number | undefined
  #bytes = 0
  #triedAtMs = 0
  #lostSinceMs: number | undefined

  constructor(dataDir: string, maxBytes = MAX_BYTES) {
    const folder = join(dataDir, 'logs')
    mkdirSync(folder, { recursive: true })
    this.path = join(folder, 'orderline.log')
    this.#maxBytes = maxBytes
    this.#open()
  }

  /** In the system's hands when it returns: a `kill -9` of the launcher loses no line. */
  append(lines: string): void {
    try {
      if (this.#bytes > this.#maxBytes) this.#rotate()
      this.#write(lines)
      this.#tellKept()
    } catch (error) {
      this.#tellLost(error instanceof Error ? error.message : String(error))
    }
  }

  #write(lines: string): void {
    if (this.#fd === undefined) this.#openAgain()
    if (this.#fd !== undefined) this.#bytes += writeWhole(this.#fd, lines)
  }

  #rotate(): void {
    unlessGone(() => renameSync(this.path, `${this.path}.1`)) // as long as this fails the file stays full
    const full = this.#fd
    this.#fd = undefined // before it is closed: if that fails, the next line begins the new file all the same
    this.#bytes = 0
    if (full !== undefined) closeSync(full)
  }

  #openAgain(): void {
    const isTooSoon = this.#lostSinceMs !== undefined && performance.now() - this.#triedAtMs < AGAIN_MS
    if (isTooSoon) throw new Error('it cannot be opened')
    this.#triedAtMs = performance.now()
    this.#open()
  }

  #open(): void {
    this.#fd = openSync(this.path, 'a')
    this.#bytes = fstatSync(this.#fd).size
  }

  #tellLost(reason: string): void {
    if (this.#lostSinceMs !== undefined) return
    this.#lostSinceMs = performance.now()
    this.trouble.lost(reason)
  }

  #tellKept(): void {
    if (this.#lostSinceMs === undefined) return
    const lostForMs = Math.round(performance.now() - this.#lostSinceMs)
    this.#lostSinceMs = undefined
    this.trouble.kept(lostForMs)
  }
}

/** Somebody may have taken the file away, which makes room, too. */
function unlessGone(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** All of it or nothing: what fits on a disk that is just full would be the beginning of whatever comes next. */
function writeWhole(fd: number, lines: string): number {
  const bytes = Buffer.from(lines)
  const written = writeSync(fd, bytes)
  if (written === bytes.length) return written
  ftruncateSync(fd, fstatSync(fd).size - written)
  throw new Error('no space left on device')
}
