import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './cannot-start.ts'

const MAX_BYTES = 64 * 1024 * 1024
const KEPT = 4 // full files beside the one that is written: what reads them may be away for a while
const AGAIN_MS = 1_000 // before a file that could not be opened is tried again, or looked for where it should be

/** Hears once when lines begin to get lost, with the reason, and once when they are kept again. */
export type LogTrouble = { lost(reason: string): void; kept(lostForMs: number): void }

/**
 * A log of JSON lines, one process's or all processes' (`logs/orderline.log`): what a grep of an order's id tells its story
 * from. A full file becomes `.1`, that one `.2`, and the one after `.4` goes. The constructor throws when
 * the file cannot be opened; later the shop goes on without, for a full disk shall not stop it.
 */
export class LogFile {
  readonly path: string
  /** Nobody, unless somebody asks for it. */
  trouble: LogTrouble = { lost: () => {}, kept: () => {} }
  readonly #maxBytes: number
  #fd: number | undefined
  #bytes = 0
  #inode = 0
  #lead = '' // ends what somebody else has begun
  #triedAtMs = 0
  #lookedAtMs = 0
  #lostSinceMs: number | undefined

  constructor(path: string, maxBytes = MAX_BYTES) {
    mkdirSync(dirname(path), { recursive: true })
    this.path = path
    this.#maxBytes = maxBytes
    this.#open()
  }

  /** In the system's hands when it returns: a `kill -9` of the launcher loses no line. */
  append(lines: string): void {
    try {
      this.#lookForIt()
      if (this.#bytes > this.#maxBytes) this.#rotate()
      this.#write(lines)
      this.#tellKept()
    } catch (error) {
      this.#tellLost(error instanceof Error ? error.message : String(error))
    }
  }

  #write(lines: string): void {
    if (this.#fd === undefined) this.#openAgain()
    if (this.#fd === undefined) return
    this.#bytes += writeWhole(this.#fd, `${this.#lead}${lines}`)
    this.#lead = ''
  }

  #rotate(): void {
    if (existsSync(`${this.path}.1`)) this.#moveOn() // or what fails below would take one more away with each line
    unlessGone(() => renameSync(this.path, `${this.path}.1`)) // as long as this fails the file stays full
    this.#leave()
  }

  #moveOn(): void {
    for (let n = KEPT - 1; n > 0; n--) unlessGone(() => renameSync(`${this.path}.${n}`, `${this.path}.${n + 1}`))
  }

  /** Another one is there now, or none: what was written on would be found by nobody. */
  #lookForIt(): void {
    if (this.#fd === undefined || performance.now() - this.#lookedAtMs < AGAIN_MS) return
    this.#lookedAtMs = performance.now()
    if (statSync(this.path, { throwIfNoEntry: false })?.ino !== this.#inode) this.#leave()
  }

  #leave(): void {
    const left = this.#fd
    this.#fd = undefined // before it is closed: if that fails, the next line begins the new file all the same
    this.#bytes = 0
    if (left !== undefined) closeSync(left)
  }

  #openAgain(): void {
    const isTooSoon = this.#lostSinceMs !== undefined && performance.now() - this.#triedAtMs < AGAIN_MS
    if (isTooSoon) throw new Error('it cannot be opened')
    this.#triedAtMs = performance.now()
    this.#open()
  }

  #open(): void {
    const fd = openSync(this.path, 'a+')
    const { size, ino } = fstatSync(fd)
    this.#fd = fd
    this.#inode = ino
    this.#bytes = size
    this.#lead = isCut(fd, size) ? '\n' : ''
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

/** Whether whoever wrote last was ended in the middle of a line: the next one shall not go on there. */
function isCut(fd: number, size: number): boolean {
  const last = Buffer.alloc(1)
  return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
}

/** All of it or nothing: what fits on a disk that is just full would be the beginning of whatever comes next. */
function writeWhole(fd: number, lines: string): number {
  const bytes = Buffer.from(lines)
  const written = writeSync(fd, bytes)
  if (written === bytes.length) return written
  ftruncateSync(fd, fstatSync(fd).size - written)
  throw new Error('no space left on device')
}
